// Which page an address means, and going from one to another without loading the page anew.
// Knows addresses only; what a page shows is decided in main.tsx.

import { signal } from '@preact/signals';

export type Route =
  | { readonly page: 'start' }
  | { readonly page: 'about' }
  | { readonly page: 'example'; readonly id: string }
  | { readonly page: 'case'; readonly id: string; readonly secret: string | null }
  | { readonly page: 'lost' };

const id = /^[A-Za-z0-9_-]{1,64}$/;

/** Read an address: its path and, for the link to a case, the secret after the `#`. */
export function parseRoute(pathname: string, hash = ''): Route {
  const [first, second, ...rest] = pathname.split('/').filter((part) => part !== '');
  if (first === undefined) return { page: 'start' };
  if (first === 'about' && second === undefined) return { page: 'about' };
  if (second === undefined || rest.length > 0 || !id.test(second)) return { page: 'lost' };
  if (first === 'examples') return { page: 'example', id: second };
  if (first === 'c') return { page: 'case', id: second, secret: hash.slice(1) || null };
  return { page: 'lost' };
}

export function caseAddress(caseId: string): string {
  return `/c/${caseId}`;
}

/** The full address to share; its secret is in the fragment, which browsers never send to a server. */
export function shareAddress(origin: string, caseId: string, secret: string): string {
  return `${origin}/c/${caseId}#${secret}`;
}

export const route = signal<Route>({ page: 'start' });

/** Show another page of this site. */
export function navigate(address: string): void {
  history.pushState(null, '', address);
  readAddress();
  window.scrollTo(0, 0);
}

/** Follow the address bar from now on, and plain clicks on links within this site. */
export function startRouter(): void {
  window.addEventListener('popstate', readAddress);
  window.addEventListener('hashchange', readAddress);
  document.addEventListener('click', followLink);
  readAddress();
}

/** The secret leaves the address bar at once: not on a beamer, not in a screenshot, not in the history. */
function readAddress(): void {
  route.value = parseRoute(location.pathname, location.hash);
  if (route.value.page === 'case' && route.value.secret !== null) {
    history.replaceState(history.state, '', location.pathname);
  }
}

function followLink(event: MouseEvent): void {
  const link = event.target instanceof Element ? event.target.closest('a') : null;
  if (link === null || !staysHere(event, link)) return;
  event.preventDefault();
  navigate(link.pathname + link.hash);
}

function staysHere(event: MouseEvent, link: HTMLAnchorElement): boolean {
  const plain = event.button === 0 && !event.defaultPrevented && !modified(event);
  const within = link.origin === location.origin && !link.pathname.startsWith('/api/');
  const samePage = link.pathname === location.pathname && link.hash !== '' && !link.pathname.startsWith('/c/');
  return plain && within && !samePage && link.target === '' && !link.hasAttribute('download');
}

function modified(event: MouseEvent): boolean {
  return event.metaKey || event.ctrlKey || event.shiftKey || event.altKey;
}
