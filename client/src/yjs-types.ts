// Names for the loose types in Yjs's own signatures, so that the looseness is written down once.

import type * as Y from 'yjs';

/** An event as deep observers get it: of some type below the observed one. */
export type DeepEvent = Parameters<Parameters<Y.Map<unknown>['observeDeep']>[0]>[0][number];

/** Some shared type, as transactions and undo managers name them. */
export type AnyType = Y.Transaction['changed'] extends Map<infer T, unknown> ? T : never;
