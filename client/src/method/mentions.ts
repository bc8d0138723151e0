// Mentions in comments: `@` and the name of someone who is in the case. Pure.
//
// A mention is nothing but its words; who is meant is found by the longest name that fits, so that "@Anna de Vries" is not Anna. Someone
// who is called otherwise later is found no more, and the words still say who was meant.

export interface Named {
  readonly id: string;
  readonly name: string;
}

export interface Run {
  readonly text: string;
  /** Who is mentioned; null for plain words. */
  readonly person: string | null;
}

/** Cut a text in plain words and mentions; together they are the text. */
export function mentionRuns(text: string, people: readonly Named[]): readonly Run[] {
  const byLength = people
    .filter(({ name }) => name.trim() !== '')
    .sort((one, other) => other.name.length - one.name.length);
  const runs: Run[] = [];
  let plain = '';
  let rest = text;
  while (rest !== '') {
    const person = rest.startsWith('@') ? byLength.find(({ name }) => beginsWithName(rest.slice(1), name)) : undefined;
    if (person) {
      if (plain !== '') runs.push({ text: plain, person: null });
      runs.push({ text: rest.slice(0, person.name.length + 1), person: person.id });
      rest = rest.slice(person.name.length + 1);
      plain = '';
    } else {
      const [head = ''] = rest;
      plain += head;
      rest = rest.slice(head.length);
    }
  }
  if (plain !== '') runs.push({ text: plain, person: null });
  return runs;
}

/** Who is mentioned in a text. */
export function mentionedIn(text: string, people: readonly Named[]): ReadonlySet<string> {
  if (!text.includes('@')) return new Set();
  return new Set(mentionRuns(text, people).flatMap(({ person }) => (person === null ? [] : [person])));
}

/** The name someone is typing after an `@`, up to the caret; null when it is no mention. */
export function mentionBegun(text: string, caret: number): string | null {
  return /(?:^|\s)@([^@\n]{0,40})$/u.exec(text.slice(0, caret))?.[1] ?? null;
}

function beginsWithName(text: string, name: string): boolean {
  if (text.slice(0, name.length).toLowerCase() !== name.toLowerCase()) return false;
  return !/^[\p{L}\p{N}]/u.test(text.slice(name.length));
}
