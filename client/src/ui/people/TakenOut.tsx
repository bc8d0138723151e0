// Who was taken out of the case or turned away at the door, for a facilitator: quiet, at the end, with the way back in.

import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import { changeStanding, type Standing } from '../../access-api';
import { t } from '../../i18n';
import { Problem } from '../Problem';

interface Props {
  readonly caseId: string;
  readonly people: readonly Standing[];
  readonly onChange: () => void;
}

export function TakenOut({ caseId, people, onChange }: Props): VNode | null {
  const [failure, setFailure] = useState<unknown>(null);
  if (people.length === 0) return null;
  const letBack = ({ id }: Standing): void =>
    void changeStanding(caseId, id, { status: 'in' }).then(() => {
      setFailure(null);
      onChange();
    }, setFailure);
  return (
    <details class="taken-out">
      <summary>{t('people.out', { count: people.length })}</summary>
      <ul>
        {people.map((person) => (
          <li key={person.id} class="person-line">
            <span dir="auto">{person.name}</span>
            <button
              type="button"
              class="button button-plain"
              aria-label={t('people.out.back.label', { name: person.name })}
              onClick={() => letBack(person)}
            >
              {t('people.out.back')}
            </button>
          </li>
        ))}
      </ul>
      <Problem error={failure} />
    </details>
  );
}
