// Search: words, a few filters, and what was found on all three canvases, in comments and among partners and people.

import { useComputed } from '@preact/signals';
import type { VNode } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { PIECES, SDG_NUMBERS } from '../../domain';
import { t, type Key } from '../../i18n';
import { pictureOf } from '../../method/picture';
import { NO_FILTERS, search, type Filters, type Found } from '../../method/search';
import type { CaseSession } from '../../session';
import { makeWay } from '../panels/on-phone';
import { placeName } from '../panels/place-name';
import { Select } from '../Select';

const MOST_SHOWN = 100;
const DAY_MS = 86_400_000;
const SPANS = [1, 7, 30] as const;

export function SearchPanel({ session }: { readonly session: CaseSession }): VNode {
  const field = useRef<HTMLInputElement>(null);
  const [words, setWords] = useState('');
  const [filters, setFilters] = useState<Filters>(NO_FILTERS);
  const picture = useComputed(() => pictureOf(session.document.value)).value;
  const isAsked = words.trim() !== '' || Object.values(filters).some((value) => value !== null);
  const found = search(picture, [...session.people.value.values()], words, filters);
  useEffect(() => field.current?.focus(), []);
  return (
    <div class="search">
      <input
        ref={field}
        type="search"
        class="search-field"
        dir="auto"
        aria-label={t('search.words')}
        placeholder={t('search.words')}
        value={words}
        onInput={(event) => setWords(event.currentTarget.value)}
      />
      <FilterFields session={session} filters={filters} onChange={setFilters} />
      <p class="quiet" role="status">
        {isAsked ? t('search.found', { count: found.length }) : t('search.hint')}
      </p>
      <ul class="found">
        {found.slice(0, MOST_SHOWN).map((each) => (
          <FoundLine key={`${each.kind} ${each.id}`} session={session} found={each} />
        ))}
      </ul>
      {found.length > MOST_SHOWN && <p class="quiet">{t('search.more', { count: found.length - MOST_SHOWN })}</p>}
    </div>
  );
}

interface FilterProps {
  readonly session: CaseSession;
  readonly filters: Filters;
  readonly onChange: (filters: Filters) => void;
}

function FilterFields({ session, filters, onChange }: FilterProps): VNode {
  const [span, setSpan] = useState('');
  const partners = session.document.value.partners.value;
  const places = [
    ...PIECES.map((piece) => [piece, t(`piece.${piece}`)] as const),
    ['vpc', t('canvas.vpc')] as const,
    ['roadmap', t('canvas.roadmap')] as const,
  ];
  const sdgs = SDG_NUMBERS.map((number) => [String(number), `${number}. ${t(`sdg.${number}` as Key)}`] as const);
  const spans = SPANS.map((days) => [String(days), t('search.since.days', { count: days })] as const);
  const chooseSpan = (value: string | null): void => {
    setSpan(value ?? '');
    onChange({ ...filters, since: value === null ? null : Date.now() - Number(value) * DAY_MS });
  };
  return (
    <details class="filters">
      <summary>{t('search.filters')}</summary>
      <Select
        label={t('search.partner')}
        nothing={t('search.any')}
        value={filters.partner}
        choices={partners.map(({ id, name }) => [id, name] as const)}
        onChoose={(partner) => onChange({ ...filters, partner })}
      />
      <Select
        label={t('search.place')}
        nothing={t('search.any')}
        value={filters.place}
        choices={places}
        onChoose={(place) => onChange({ ...filters, place })}
      />
      <Select
        label={t('search.sdg')}
        nothing={t('search.any')}
        value={filters.sdg === null ? null : String(filters.sdg)}
        choices={sdgs}
        onChoose={(sdg) => onChange({ ...filters, sdg: sdg === null ? null : Number(sdg) })}
      />
      <Select
        label={t('search.since')}
        nothing={t('search.any')}
        value={span || null}
        choices={spans}
        onChoose={chooseSpan}
      />
    </details>
  );
}

function FoundLine({ session, found }: { readonly session: CaseSession; readonly found: Found }): VNode {
  const document = session.document.value;
  const go = (): void => {
    makeWay(session);
    if (found.kind === 'person') session.panel.value = 'people';
    else if (found.kind === 'partner') open(`partners/${found.id}`, 'partner');
    else if (found.kind === 'comment' && found.note !== null) open(`notes/${found.note}`, 'comments');
    else if (found.place !== null) session.goTo(found.place, found.note);
  };
  const where = found.place === null || found.kind === 'partner' ? '' : placeName(found.place, document);
  return (
    <li>
      <button type="button" class="found-line" onClick={go}>
        <span dir="auto">{found.text}</span>
        <span class="quiet">
          {[found.kind === 'note' || found.kind === 'statement' ? '' : t(`search.kind.${found.kind}`), where]
            .filter((part) => part !== '')
            .join(' · ')}
        </span>
      </button>
    </li>
  );

  function open(subject: string, panel: 'partner' | 'comments'): void {
    session.subject.value = subject;
    session.panel.value = panel;
  }
}
