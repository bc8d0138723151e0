// What a role may change (client/src/rights.ts).

import { describe, expect, it } from 'vitest';
import { isHeld, isShut, mayComment, mayWrite, mayWriteAll } from '../../client/src/rights';
import type { CaseRules } from '../../client/src/session';

const roles = ['facilitator', 'partner', 'critical-friend', 'viewer', undefined] as const;
const open: CaseRules = { paused: false, editing: 'everyone', locked: [] };

describe('mayWrite', () => {
  it('is for facilitators and partners', () => {
    expect(roles.map(mayWrite)).toEqual([true, true, false, false, false]);
  });
});

describe('mayComment', () => {
  it('is for a critical friend too', () => {
    expect(roles.map(mayComment)).toEqual([true, true, true, false, false]);
  });
});

describe('mayWriteAll', () => {
  it('lets a critical friend keep comments alone', () => {
    expect(mayWriteAll('critical-friend', new Set(['comments/c1']))).toBe(true);
    expect(mayWriteAll('critical-friend', new Set(['comments/c1', 'notes/n1']))).toBe(false);
    expect(mayWriteAll('viewer', new Set(['comments/c1']))).toBe(false);
  });
});

describe('isHeld', () => {
  it('is for all but facilitators, while the case is paused', () => {
    expect(roles.map((role) => isHeld(role, { ...open, paused: true }))).toEqual([false, true, true, true, true]);
    expect(roles.map((role) => isHeld(role, open))).toEqual([false, false, false, false, false]);
  });
});

describe('isShut', () => {
  it('is what is locked and what lies in it, for all but facilitators', () => {
    const rules = { ...open, locked: ['impact', 'roadmap'] };

    expect(isShut('impact', 'partner', rules)).toBe(true);
    expect(isShut('roadmap/3/skills', 'partner', rules)).toBe(true);
    expect(isShut('value', 'partner', rules)).toBe(false);
    expect(isShut('impact', 'facilitator', rules)).toBe(false);
  });
});
