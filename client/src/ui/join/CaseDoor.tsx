// The door of a case.
import type { VNode } from 'preact';
export function CaseDoor({ caseId }: { readonly caseId: string; readonly secret: string | null }): VNode {
  return <main>{caseId}</main>;
}
