/**
 * Registers the service worker, which opens the pages without a network (`service-worker.ts`).
 *
 * It is the one script that is loaded by an address in a string: browsers with Trusted Types ask for a policy that says which.
 */

const ADDRESS = '/sw.js';

interface TrustedTypes {
  createPolicy(name: string, rules: { createScriptURL: () => string }): { createScriptURL: (url: string) => string };
}

/** Register once the page has loaded. Where there is no service worker (a page without HTTPS) the pages open with a network only. */
export function registerWorker(): void {
  if (!('serviceWorker' in navigator)) return;
  const { trustedTypes } = window as { trustedTypes?: TrustedTypes };
  const address = trustedTypes
    ?.createPolicy('puzzeltafel', { createScriptURL: () => ADDRESS })
    .createScriptURL(ADDRESS);
  window.addEventListener(
    'load',
    () => void navigator.serviceWorker.register(address ?? ADDRESS).catch(() => undefined),
  );
}
