// What Yjs warns with: the console, without the colours and the levels of its own logger, which is a kilobyte of the first load.
//
// build.mjs puts this in the place of lib0/logging, so it must offer what Yjs asks of that. Only Yjs uses it.

export const BOLD = '';
export const UNBOLD = '';
export const ORANGE = '';
export const RED = '';

export function print(...words: readonly unknown[]): void {
  console.info(words.join(''));
}

export function warn(...words: readonly unknown[]): void {
  console.warn(words.join(''));
}
