// Putting a text on the clipboard, also where the modern way is missing (a page without HTTPS).

/** Copy what an input holds. False when the browser refuses; the text is then selected for copying by hand. */
export async function copyFrom(input: HTMLInputElement): Promise<boolean> {
  input.select();
  // The clipboard is missing outside secure contexts, whatever the type says.
  const clipboard = navigator.clipboard as Clipboard | undefined;
  if (clipboard === undefined) return false;
  return clipboard.writeText(input.value).then(
    () => true,
    () => false,
  );
}

/** Whether this browser can hand a link to other apps. */
export function canShare(): boolean {
  return typeof (navigator.share as unknown) === 'function';
}

/** Hand a link to other apps; closing that menu without choosing is no error. */
export function shareLink(title: string, url: string): void {
  navigator.share({ title, url }).catch(() => undefined);
}
