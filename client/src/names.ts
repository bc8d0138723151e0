// Names as they may be shown: what takes no room or turns the reading direction is made visible, so that nobody can pass for another with it.
// The server refuses such names (crdt/names.py); what came before it did, or from elsewhere, is seen for what it is.

const UNSEEN =
  /[\p{Cf}\p{Cc}\p{Cs}\p{Co}\p{Zl}\p{Zp}\p{VS}\u115F\u1160\u2800\u3164\uFFA0]|\u034F|\u17B4|\u17B5|\u{16FE4}/gu;
/** A selector belongs behind a character that has more than one look. */
const LOOKS =
  /(?:(?!\p{ASCII})[\p{S}\p{P}][\uFE00-\uFE0F]|\p{Script=Mongolian}[\u180B-\u180F]|\p{Ideographic}[\u{E0100}-\u{E01EF}])$/u;
const KEYCAP = '\u20E3';
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
  return name.replace(UNSEEN, (char, at: number) => (joins(name, char, at) || chooses(name, char, at) ? char : by));
}

function chooses(name: string, char: string, at: number): boolean {
  const end = at + char.length;
  return /\p{VS}/u.test(char) && (LOOKS.test(name.slice(0, end)) || name.charAt(end) === KEYCAP);
}

function joins(name: string, char: string, at: number): boolean {
  return /[\u200c\u200d]/.test(char) && !PLAIN.test(name.charAt(at - 1)) && !PLAIN.test(name.charAt(at + 1));
}
