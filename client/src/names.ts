// Names as they may be shown: what takes no room or turns the reading direction is made visible, so that nobody can pass for another with it.
// The server refuses such names (crdt/names.py); what came before it did, or from elsewhere, is seen for what it is.

const UNSEEN = /[\p{Cf}\p{Cc}\p{Cs}\p{Co}\p{Zl}\p{Zp}]/gu;
const PLAIN = /^\p{ASCII}?$/u;
const MARK = '\uFFFD';

/** Returns a name with a mark for every character that cannot be seen; joiners stay between characters that need them. */
export function shown(name: string): string {
  return replaced(name, MARK);
}

/** Returns a name without what cannot be seen, as it may be written into a case. */
export function seen(name: string): string {
  return replaced(name, '').trim();
}

function replaced(name: string, by: string): string {
  return name.replace(UNSEEN, (char, at: number) => (joins(name, char, at) ? char : by));
}

function joins(name: string, char: string, at: number): boolean {
  return /[\u200c\u200d]/.test(char) && !PLAIN.test(name.charAt(at - 1)) && !PLAIN.test(name.charAt(at + 1));
}
