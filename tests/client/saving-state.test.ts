// What can truly be said of saving (client/src/saving-state.ts).

import { describe, expect, it } from 'vitest';
import { savingState, type Known } from '../../client/src/saving-state';

const fine: Known = {
  status: { kind: 'open' },
  synced: true,
  away: false,
  unsent: 0,
  kept: true,
  room: { writable: true, reason: null },
};

describe('savingState', () => {
  it.each([
    ['saved', {}, { kind: 'saved' }],
    ['on its way', { unsent: 2 }, { kind: 'saving', unsent: 2 }],
    ['not heard yet', { synced: false }, { kind: 'connecting' }],
    ['not heard yet, with work from before', { synced: false, unsent: 3 }, { kind: 'connecting' }],
    ['away', { synced: false, away: true, unsent: 3 }, { kind: 'offline', unsent: 3, kept: true }],
    ['away without a copy', { synced: false, away: true, kept: false }, { kind: 'offline', unsent: 0, kept: false }],
    ['trouble', { room: { writable: false, reason: 'storage' } }, { kind: 'read-only', reason: 'storage' }],
    ['a viewer', { room: { writable: false, reason: null } }, { kind: 'read-only', reason: 'role' }],
    ['closed', { status: { kind: 'closed', code: 4401 }, unsent: 1 }, { kind: 'closed', code: 4401, unsent: 1 }],
  ] as const)('says it: %s', (_, change, said) => {
    expect(savingState({ ...fine, ...change })).toEqual(said);
  });
});
