// What a role may change, so that the screen offers nothing that the server would refuse. Pure; the server judges (`crdt/gate.py`).

import { isLocked, type Place, type Role } from './domain';
import type { CaseRules } from './session';

/** Tell whether a role may change the canvases. */
export function mayWrite(role: Role | undefined): boolean {
  return role === 'facilitator' || role === 'partner';
}

/** Tell whether a role may comment. */
export function mayComment(role: Role | undefined): boolean {
  return role !== undefined && role !== 'viewer';
}

/** Tell whether a role may change all of these. */
export function mayWriteAll(role: Role | undefined, subjects: ReadonlySet<string>): boolean {
  return mayWrite(role) || [...subjects].every((subject) => mayComment(role) && subject.startsWith('comments/'));
}

/** Tell whether a case is paused for a role: a facilitator goes on. */
export function isHeld(role: Role | undefined, rules: CaseRules): boolean {
  return rules.paused && role !== 'facilitator';
}

/** Tell whether a lock lies on a place that binds a role. */
export function isShut(place: Place, role: Role | undefined, rules: CaseRules): boolean {
  return role !== 'facilitator' && isLocked(place, rules.locked);
}
