// What hangs loose in the case, by sort, each with one act that mends it. A talk to have, not a list to finish.

import { useComputed } from '@preact/signals';
import type { VNode } from 'preact';
import { t } from '../../i18n';
import { LOOSE_KINDS, looseEnds, type LooseEnd, type LooseKind } from '../../method/loose-ends';
import { pictureOf } from '../../method/picture';
import type { CaseSession } from '../../session';
import { PartnerMark } from '../canvas/PartnerMark';
import { makeWay } from '../panels/on-phone';
import { placeName } from '../panels/place-name';
import { Mend } from './Mend';

export function LooseEndsPanel({ session }: { readonly session: CaseSession }): VNode {
  const ends = useComputed(() => looseEnds(pictureOf(session.document.value))).value;
  if (ends.length === 0) return <p class="quiet">{t('loose.empty')}</p>;
  return (
    <div class="loose">
      <p class="quiet">{t('loose.text')}</p>
      {LOOSE_KINDS.map((kind) => (
        <LooseKindList key={kind} session={session} kind={kind} ends={ends.filter((each) => each.kind === kind)} />
      ))}
    </div>
  );
}

interface ListProps {
  readonly session: CaseSession;
  readonly kind: LooseKind;
  readonly ends: readonly LooseEnd[];
}

function LooseKindList({ session, kind, ends }: ListProps): VNode | null {
  if (ends.length === 0) return null;
  return (
    <section class="loose-kind">
      <h3>{t(`loose.${kind}`)}</h3>
      <ul>
        {ends.map((end) => (
          <li key={end.note?.id ?? end.partner?.id}>
            <LooseThing session={session} end={end} />
            <Mend session={session} end={end} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function LooseThing({ session, end: { kind, note, partner } }: Pick<ListProps, 'session'> & { end: LooseEnd }): VNode {
  if (partner !== null || note === null) {
    return (
      <p class="loose-thing">
        <PartnerMark partner={partner ?? undefined} />
        <bdi>{partner?.name}</bdi>
      </p>
    );
  }
  if (kind === 'homeless') return <p class="loose-thing">{note.text}</p>;
  const go = (): void => {
    makeWay(session);
    session.goTo(note.place, note.id);
  };
  return (
    <button type="button" class="loose-thing" title={placeName(note.place, session.document.value)} onClick={go}>
      <span dir="auto">{note.text}</span>
    </button>
  );
}
