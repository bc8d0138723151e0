// The smallest edit that turns one text into another, guided by where the caret stood.
//
// What is equal at both ends is left alone; what lies between is compared word by word, so that words nobody touched keep their
// writers. Not a diff to show to people: that is made on the server (`crdt/differences.py`).

export interface TextEdit {
  readonly index: number;
  readonly removed: number;
  readonly inserted: string;
}

/** A comparison that would take more cells than this is one edit. */
const MOST_CELLS = 250_000;

/** Give the edits in order (`caret` is where it stands in the new text), each index counting in the text as the earlier edits left it. Units are UTF-16, as in Yjs. */
export function textEdits(before: string, after: string, caret = after.length): readonly TextEdit[] {
  const whole = trim({ index: 0, removed: before, inserted: after }, caret);
  return compareWords(whole)
    .map((part) => trim(part, part.index + part.inserted.length))
    .filter(({ removed, inserted }) => removed + inserted !== '')
    .map(({ index, removed, inserted }) => ({ index, removed: removed.length, inserted }));
}

/** One text in the place of another, at an index of the new text. */
interface Swap {
  readonly index: number;
  readonly removed: string;
  readonly inserted: string;
}

/** Leave out what is equal at both ends; what stands behind the caret was there before, so that end goes first. */
function trim({ index, removed, inserted }: Swap, caret: number): Swap {
  const shortest = Math.min(removed.length, inserted.length);
  const behind = sameEnd(removed, inserted, Math.min(shortest, Math.max(0, index + inserted.length - caret)));
  const start = sameStart(removed, inserted, shortest - behind);
  const end = sameEnd(removed, inserted, shortest - start);
  return {
    index: index + start,
    removed: removed.slice(start, removed.length - end),
    inserted: inserted.slice(start, inserted.length - end),
  };
}

function sameStart(one: string, other: string, most: number): number {
  let length = 0;
  while (length < most && one[length] === other[length]) length += 1;
  return length > 0 && isFirstHalf(one, length - 1) ? length - 1 : length;
}

function sameEnd(one: string, other: string, most: number): number {
  let length = 0;
  while (length < most && one[one.length - 1 - length] === other[other.length - 1 - length]) length += 1;
  const cut = one.length - length - 1;
  return length > 0 && isFirstHalf(one, cut) && isSecondHalf(one, cut + 1) ? length - 1 : length;
}

/** Half of a character outside the basic plane, such as an emoji. */
function isFirstHalf(text: string, index: number): boolean {
  return (text.charCodeAt(index) & 0xfc00) === 0xd800;
}

function isSecondHalf(text: string, index: number): boolean {
  return (text.charCodeAt(index) & 0xfc00) === 0xdc00;
}

/** Cut a swap into swaps between the words that both texts have in the same order. */
function compareWords(swap: Swap): readonly Swap[] {
  const [old, now] = [words(swap.removed), words(swap.inserted)];
  if (old.length * now.length > MOST_CELLS || old.length < 2 || now.length < 2) return [swap];
  const common = longestCommon(old, now);
  const swaps: Swap[] = [];
  let { index } = swap;
  let [row, column, removed, inserted] = [0, 0, '', ''];
  const close = (): void => {
    swaps.push({ index, removed, inserted });
    index += inserted.length;
    [removed, inserted] = ['', ''];
  };
  while (row < old.length || column < now.length) {
    const [was, is] = [old[row] ?? '', now[column] ?? ''];
    if (was === is) {
      close();
      index += is.length;
      row += 1;
      column += 1;
    } else if (column === now.length || (row < old.length && common(row + 1, column) >= common(row, column + 1))) {
      removed += was;
      row += 1;
    } else {
      inserted += is;
      column += 1;
    }
  }
  close();
  return swaps;
}

function words(text: string): readonly string[] {
  return text.match(/\s+|\S+/g) ?? [];
}

/** How many words the rests of two lists have in common at most, from a place in each. */
function longestCommon(old: readonly string[], now: readonly string[]): (row: number, column: number) => number {
  const width = now.length + 1;
  const cells = new Uint16Array(width * (old.length + 1));
  const at = (row: number, column: number): number => cells[row * width + column] ?? 0;
  for (let row = old.length - 1; row >= 0; row -= 1) {
    for (let column = now.length - 1; column >= 0; column -= 1) {
      const same = old[row] === now[column];
      cells[row * width + column] = same
        ? at(row + 1, column + 1) + 1
        : Math.max(at(row + 1, column), at(row, column + 1));
    }
  }
  return at;
}
