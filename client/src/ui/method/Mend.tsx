// The one act that ties a loose end: say whose it is, link it, begin what is missing, or lay it where it can be seen.

import type { VNode } from 'preact';
import { spotOf, type NoteView } from '../../domain';
import { t } from '../../i18n';
import { addLink } from '../../method-edits';
import type { LooseEnd } from '../../method/loose-ends';
import type { CaseSession } from '../../session';
import { makeWay } from '../panels/on-phone';

interface Props {
  readonly session: CaseSession;
  readonly end: LooseEnd;
}

export function Mend({ session, end: { kind, note, partner } }: Props): VNode | null {
  if (!session.writable.value) return null;
  const { edit } = session.document.value;
  if (partner !== null) {
    const gives = kind === 'partner-gives-nothing';
    return act(gives ? 'balance.add-gift' : 'balance.add-return', () => {
      makeWay(session);
      session.begin(gives ? 'contributions' : 'returns', gives ? { partner: partner.id } : { for: partner.id });
    });
  }
  if (note === null) return null;
  switch (kind) {
    case 'homeless':
      return act('loose.mend.place', () => edit.moveNote(note.id, refugeOf(note)));
    case 'contribution-of-nobody':
      return <WhoseChoice session={session} onChoose={(id) => edit.setField(note.id, 'partner', id)} />;
    case 'return-for-nobody':
      return <WhoseChoice session={session} forAll onChoose={(id) => edit.setField(note.id, 'for', id)} />;
    case 'step-of-nobody':
      return act('loose.mend.who', () => {
        makeWay(session);
        session.goTo(note.place.replace(/step$/, 'who'));
      });
    case 'step-without-goal':
      return act('loose.mend.ambition', () =>
        addLink(session.document.value, { from: note.id, to: 'ambition', kind: 'leads-to' }),
      );
    case 'partner-gives-nothing':
    case 'partner-gets-nothing':
      return null;
    case 'resource-uncovered':
    case 'audience-unserved':
    case 'value-for-nobody':
    case 'consequence-unanswered':
    case 'pain-unrelieved':
    case 'gain-uncreated':
    case 'reliever-loose':
    case 'creator-loose':
      return act('loose.mend.link', () => {
        session.subject.value = `notes/${note.id}`;
        session.panel.value = 'links';
      });
  }
}

type ActKey =
  | 'balance.add-gift'
  | 'balance.add-return'
  | 'loose.mend.place'
  | 'loose.mend.who'
  | 'loose.mend.ambition'
  | 'loose.mend.link';

function act(key: ActKey, run: () => unknown): VNode {
  return (
    <button type="button" class="button button-quiet loose-mend" onClick={() => void run()}>
      {t(key)}
    </button>
  );
}

interface WhoseChoiceProps {
  readonly session: CaseSession;
  readonly forAll?: boolean;
  readonly onChoose: (id: string) => void;
}

function WhoseChoice({ session, forAll = false, onChoose }: WhoseChoiceProps): VNode {
  const partners = session.document.value.partners.value.filter((partner) => partner.left === null);
  const label = t(forAll ? 'loose.mend.for' : 'loose.mend.whose');
  return (
    <select
      class="loose-mend"
      aria-label={label}
      value=""
      onChange={(event) => event.currentTarget.value !== '' && onChoose(event.currentTarget.value)}
    >
      <option value="">{label}</option>
      {forAll && <option value="all">{t('for.all')}</option>}
      {partners.map(({ id, name }) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
    </select>
  );
}

/** Where a note of a vanished pair is at home on the puzzle. */
function refugeOf(note: NoteView): 'value' | 'audiences' {
  const spot = spotOf(note.place);
  const isOffer = spot?.canvas === 'vpc' && ['products', 'relievers', 'creators'].includes(spot.cell);
  return isOffer ? 'value' : 'audiences';
}
