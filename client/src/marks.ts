// Two-letter marks for partners: short, stable, and different from one another within a case.
//
// Colour alone never tells who is who; the mark does. Colours are chosen in `document-views.ts`.

const SMALL_WORDS = new Set(['de', 'het', 'een', 'van', 'der', 'den', 'en', 'the', 'of', 'and', 'a', 'voor', 'for']);

/** Give a mark for each name, in order; an earlier name keeps its first choice when two collide. */
export function marksOf(names: readonly string[]): string[] {
  const taken = new Set<string>();
  return names.map((name) => {
    const mark = candidates(name).find((candidate) => !taken.has(candidate)) ?? numbered(name, taken);
    taken.add(mark);
    return mark;
  });
}

/** Give the mark of a person without an organisation. */
export function markOf(name: string): string {
  return candidates(name)[0] ?? '··';
}

function candidates(name: string): string[] {
  const words = name
    .normalize('NFC')
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
  const telling = words.filter((word) => !SMALL_WORDS.has(word.toLowerCase()));
  const [first = [], second = []] = (telling.length > 0 ? telling : words).map((word) => Array.from(word));
  const head = first[0] ?? '';
  const initials = second[0] === undefined ? [] : [head + second[0]];
  const letters = [...first.slice(1), ...second.slice(1)].map((letter) => head + letter);
  return [...initials, ...letters].map((mark) => mark.toUpperCase()).filter((mark) => Array.from(mark).length === 2);
}

function numbered(name: string, taken: ReadonlySet<string>): string {
  const head = (Array.from(name.trim())[0] ?? '#').toUpperCase();
  for (let count = 1; count < 1000; count += 1) {
    if (!taken.has(head + String(count))) return head + String(count);
  }
  return head;
}
