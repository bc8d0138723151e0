// On a phone a panel covers the canvas, so it makes way as soon as someone goes somewhere from it.

import type { CaseSession } from '../../session';

const covers = '(max-width: 59.99rem)';

export function makeWay(session: CaseSession): void {
  if (window.matchMedia(covers).matches) session.panel.value = null;
}
