// Which page an address means, and going from one to another without loading the page anew.
// Knows addresses only; what a page shows is decided in main.tsx.

import { signal } from '@preact/signals';

export type Route =
  | { readonly page: 'start' }
  | { readonly page: 'about' }
  | { readonly page: 'example'; readonly id: string }
  | ({ readonly page: 'case'; readonly id: string } & CaseFragment)
  | { readonly page: 'lost' };

/** What stands after the `#` of a case's address. */
export interface CaseFragment {
  /** Of a link. */
  readonly secret: string | null;
  /** The secret of one's own way back. */
  readonly back: string | null;
  readonly moment: PastMoment | null;
}

/** A past moment that an address points at: an entry of the log. */
export interface PastMoment {
  readonly seq: number;
}

const id = /^[A-Za-z0-9_-]{1,64}$/;

/** Read an address: its path and, for a case, what stands after the `#`: a secret, `at=<seq>`, or both with a `&` between; or `back=<secret>`. */
export function parseRoute(pathname: string, hash = ''): Route {
  const [first, second, ...rest] = pathname.split('/').filter((part) => part !== '');
  if (first === undefined) return { page: 'start' };
  if (first === 'about' && second === undefined) return { page: 'about' };
  if (second === undefined || rest.length > 0 || !id.test(second)) return { page: 'lost' };
  if (first === 'examples') return { page: 'example', id: second };
  if (first === 'c') return { page: 'case', id: second, ...parseFragment(hash.slice(1)) };
  return { page: 'lost' };
}

function parseFragment(fragment: string): CaseFragment {
  const parts = fragment.split('&');
  const found = parts.map((part) => /^at=([0-9]{1,15})$/.exec(part)?.[1]).find((seq) => seq !== undefined);
  const back = parts.find((part) => part.startsWith('back='))?.slice('back='.length) ?? null;
  const secret = parts.find((part) => part !== '' && !/^(at|back)=/.test(part)) ?? null;
  return { secret, back: back === '' ? null : back, moment: found === undefined ? null : { seq: Number(found) } };
}

export function caseAddress(caseId: string): string {
  return `/c/${caseId}`;
}

/** The full address to share; its secret is in the fragment, which browsers never send to a server. */
export function shareAddress(origin: string, caseId: string, secret: string): string {
  return `${origin}/c/${caseId}#${secret}`;
}

/** The full address by which someone comes back as themselves. */
export function wayBackAddress(origin: string, caseId: string, secret: string): string {
  return `${origin}/c/${caseId}#back=${secret}`;
}

/** The full address of a past moment, for who is in the case. */
export function momentAddress(origin: string, caseId: string, seq: number): string {
  return `${origin}/c/${caseId}#at=${seq}`;
}

export const route = signal<Route>({ page: 'start' });

/** Show another page of this site. */
export function navigate(address: string): void {
  history.pushState(null, '', address);
  readAddress();
  window.scrollTo(0, 0);
}

/**
 * Follow the address bar from now on, and plain clicks on links within this site. A new fragment alone is told by `popstate` too; by the
 * time of `hashchange` it was read and has left the address.
 */
export function startRouter(): void {
  window.addEventListener('popstate', readAddress);
  document.addEventListener('click', followLink);
  readAddress();
}

/**
 * The secret leaves the address bar at once: not on a beamer, not in a screenshot, not in the history. So does a moment: the
 * address stays that of the case when someone is back at now.
 */
function readAddress(): void {
  route.value = parseRoute(location.pathname, location.hash);
  if (route.value.page === 'case' && location.hash !== '') {
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
