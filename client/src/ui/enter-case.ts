// Into a case that was just started, imported or copied: remember it on this device and go there.

import type { Started } from '../start-api';
import { caseAddress, navigate } from '../router';
import { rememberCase } from '../storage';

export function enterCase(started: Started, title: string): void {
  rememberCase({ id: started.case, title, role: started.role, openedAt: Date.now() });
  navigate(caseAddress(started.case));
}
