// Who waits at the door, for a facilitator: let in, or not now. Not now can be taken back at once.

import type { VNode } from 'preact';
import { useRef, useState } from 'preact/hooks';
import { changeStanding } from '../../access-api';
import { t } from '../../i18n';
import { ago } from '../../i18n/format';
import type { CaseSession, WaitingPerson } from '../../session';
import { useNow } from '../panels/use-now';
import { problemText } from '../problem-text';
import { showToast } from '../Toast';

interface Props {
  readonly session: CaseSession;
  readonly onChange: () => void;
}

export function WaitingList({ session, onChange }: Props): VNode | null {
  const now = useNow();
  const heading = useRef<HTMLHeadingElement>(null);
  const [deciding, setDeciding] = useState<ReadonlySet<string>>(new Set());
  const waiting = session.waiting.value.filter(({ id }) => !deciding.has(id));
  const { caseId } = session;
  if (waiting.length === 0 || caseId === null) return null;

  /** Gone from the list at once; back in it when the server said no. */
  async function decide(person: WaitingPerson, status: 'in' | 'removed'): Promise<void> {
    setDeciding((before) => new Set(before).add(person.id));
    // The button that had the focus goes with its line.
    (waiting.length > 1 ? heading.current : document.getElementById('side-panel-title'))?.focus();
    await changeStanding(caseId ?? '', person.id, { status }).then(onChange, (error: unknown) => {
      setDeciding((before) => new Set([...before].filter((id) => id !== person.id)));
      showToast({ text: problemText(error) });
    });
  }
  async function refuse(person: WaitingPerson): Promise<void> {
    await decide(person, 'removed');
    const letIn = (): void => void decide(person, 'in');
    showToast({
      text: t('door.refused', { name: person.name }),
      action: { label: t('door.let-in.after-all'), run: letIn },
    });
  }
  async function letInAll(): Promise<void> {
    for (const person of waiting) await decide(person, 'in');
  }

  return (
    <section class="door" aria-labelledby="door-title">
      <h3 id="door-title" ref={heading} tabIndex={-1}>
        {t('people.waiting', { count: waiting.length })}
      </h3>
      <ul>
        {waiting.map((person) => (
          <li key={person.id}>
            <p class="door-who">
              <strong dir="auto">{person.name}</strong>
              <span class="person-role">{aboutWaiting(session, person, now)}</span>
            </p>
            <div class="door-acts">
              <button
                type="button"
                class="button button-primary"
                aria-label={t('door.let-in.label', { name: person.name })}
                onClick={() => void decide(person, 'in')}
              >
                {t('door.let-in')}
              </button>
              <button
                type="button"
                class="button button-quiet"
                aria-label={t('door.not-now.label', { name: person.name })}
                onClick={() => void refuse(person)}
              >
                {t('door.not-now')}
              </button>
            </div>
          </li>
        ))}
      </ul>
      {waiting.length > 1 && (
        <button type="button" class="button button-quiet" onClick={() => void letInAll()}>
          {t('door.let-in.all')}
        </button>
      )}
    </section>
  );
}

/** "Bakery Morrow · 2 minutes ago". */
function aboutWaiting(session: CaseSession, { partner, since }: WaitingPerson, now: number): string {
  const organisation = session.document.value.partner(partner)?.name;
  return [...(organisation === undefined ? [] : [organisation]), ago(since, now)].join(' · ');
}
