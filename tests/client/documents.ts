// Documents for tests: one person's, or several that hear each other at once.

import * as Y from 'yjs';
import { CaseDocument } from '../../client/src/document';

export function documentOf(participant: string, partner: string | null = null): CaseDocument {
  const document = new CaseDocument(new Y.Doc(), () => ({
    participant,
    partner,
  }));
  document.ready.value = true;
  return document;
}

const RELAYED = 'relayed';

/** Let two documents hear each other at once, as if there were no network. */
export function connect(one: CaseDocument, other: CaseDocument): void {
  for (const [from, to] of [
    [one, other],
    [other, one],
  ] as const) {
    Y.applyUpdate(to.doc, Y.encodeStateAsUpdate(from.doc), RELAYED);
    from.doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin !== RELAYED) Y.applyUpdate(to.doc, update, RELAYED);
    });
  }
}
