// Random ids for notes and partners: 128 bits, URL-safe, from the browser's own source of randomness.

const BYTES = 16;

/** Give a fresh id of 22 URL-safe characters. */
export function freshId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(BYTES));
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
}
