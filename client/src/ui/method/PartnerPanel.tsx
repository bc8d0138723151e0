// The page of one partner: what it brings, what it gets, why it takes part, who speaks for it, and its share in the roadmap.

import { useComputed } from '@preact/signals';
import type { VNode } from 'preact';
import { FORMS, spotOf, type NoteView, type PartnerView } from '../../domain';
import { t } from '../../i18n';
import { listing } from '../../i18n/listing';
import { balanceOf, type PartnerBalance } from '../../method/balance';
import { pictureOf, type CasePicture } from '../../method/picture';
import type { CaseSession } from '../../session';
import { PartnerMark } from '../canvas/PartnerMark';
import { makeWay } from '../panels/on-phone';
import { loadWords, takenWords } from './load-words';

export function PartnerPanel({ session }: { readonly session: CaseSession }): VNode {
  const id = session.subject.value?.replace(/^partners\//, '') ?? '';
  const picture = useComputed(() => pictureOf(session.document.value)).value;
  const partner = picture.partners.find((each) => each.id === id);
  if (!partner) return <p class="quiet">{t('partner.gone')}</p>;
  const balance = balanceOf(picture).partners.find((each) => each.partner.id === id);
  return (
    <div class="partner-page">
      <Head session={session} partner={partner} />
      <Brings session={session} partner={partner} balance={balance} />
      <Gets session={session} partner={partner} balance={balance} />
      <NoteSection
        session={session}
        title={t('partner.intentions')}
        notes={ofPartner(picture, id, (place) => place === 'intentions')}
        none={t('partner.intentions.none')}
      />
      <NoteSection
        session={session}
        title={t('partner.roadmap')}
        notes={ofPartner(picture, id, (place) => spotOf(place)?.canvas === 'roadmap')}
        none={t('partner.roadmap.none')}
      />
    </div>
  );
}

function Head({ session, partner }: SectionProps): VNode {
  const lit = session.lens.value === partner.id;
  const people = [...session.people.value.values()].filter((person) => person.partner === partner.id);
  return (
    <header class="partner-page-head">
      <h3>
        <PartnerMark partner={partner} />
        <bdi>{partner.name}</bdi>
      </h3>
      <p class="quiet">
        {t(`helix.${partner.helix}`)}
        {partner.left !== null && ` · ${t('partners.left')}`}
      </p>
      {partner.contact !== '' && <p>{t('partner.contact.is', { contact: partner.contact })}</p>}
      {people.length > 0 && <p>{t('partner.people', { names: listing(people.map(({ name }) => name)) })}</p>}
      <button
        type="button"
        class="button button-quiet"
        aria-pressed={lit}
        onClick={() => {
          session.lens.value = lit ? null : partner.id;
          if (!lit) makeWay(session);
        }}
      >
        {t(lit ? 'lens.off' : 'lens.light')}
      </button>
    </header>
  );
}

interface SectionProps {
  readonly session: CaseSession;
  readonly partner: PartnerView;
}

interface BalanceProps extends SectionProps {
  readonly balance: PartnerBalance | undefined;
}

function Brings({ session, partner, balance }: BalanceProps): VNode {
  const notes = balance?.gives.notes ?? [];
  return (
    <section>
      <h4>{t('partner.brings')}</h4>
      {balance && notes.length > 0 && <p class="quiet">{loadWords(balance.gives)}</p>}
      {[...FORMS, null].map((form) => {
        const own = notes.filter((note) => note.form === form);
        if (own.length === 0) return null;
        return (
          <div key={form ?? ''}>
            {form !== null && <p class="partner-form-name">{t(`form.${form}`)}</p>}
            <NoteList session={session} notes={own} />
          </div>
        );
      })}
      {notes.length === 0 && <p class="quiet">{t('balance.no-gift')}</p>}
      <Begin session={session} words={t('balance.add-gift')} place="contributions" fields={{ partner: partner.id }} />
    </section>
  );
}

function Gets({ session, partner, balance }: BalanceProps): VNode {
  const { financial, nonFinancial, unsaid } = balance?.takes ?? {};
  const notes = [financial, nonFinancial, unsaid].flatMap((load) => load?.notes ?? []);
  return (
    <section>
      <h4>{t('partner.gets')}</h4>
      {balance && notes.length > 0 && <p class="quiet">{takenWords(balance.takes)}</p>}
      <NoteList session={session} notes={notes} />
      {notes.length === 0 && <p class="quiet">{t('balance.no-return')}</p>}
      <Begin session={session} words={t('balance.add-return')} place="returns" fields={{ for: partner.id }} />
    </section>
  );
}

interface BeginProps {
  readonly session: CaseSession;
  readonly words: string;
  readonly place: 'contributions' | 'returns';
  readonly fields: { readonly partner: string } | { readonly for: string };
}

function Begin({ session, words, place, fields }: BeginProps): VNode | null {
  if (!session.writableAt(place)) return null;
  const begin = (): void => {
    makeWay(session);
    session.begin(place, fields);
  };
  return (
    <button type="button" class="text-button" onClick={begin}>
      {words}
    </button>
  );
}

interface NoteSectionProps {
  readonly session: CaseSession;
  readonly title: string;
  readonly notes: readonly NoteView[];
  readonly none: string;
}

function NoteSection({ session, title, notes, none }: NoteSectionProps): VNode {
  return (
    <section>
      <h4>{title}</h4>
      {notes.length === 0 ? <p class="quiet">{none}</p> : <NoteList session={session} notes={notes} />}
    </section>
  );
}

function NoteList({ session, notes }: Pick<NoteSectionProps, 'session' | 'notes'>): VNode {
  const go = (note: NoteView): void => {
    makeWay(session);
    session.goTo(note.place, note.id);
  };
  return (
    <ul class="note-lines">
      {notes.map((note) => (
        <li key={note.id}>
          <button type="button" dir="auto" onClick={() => go(note)}>
            {note.text}
          </button>
        </li>
      ))}
    </ul>
  );
}

function ofPartner({ notes }: CasePicture, id: string, at: (place: string) => boolean): readonly NoteView[] {
  return notes.filter((note) => note.partner === id && at(note.place) && note.text.trim() !== '');
}
