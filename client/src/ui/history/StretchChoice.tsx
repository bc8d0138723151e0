// From when to when differences are told: the beginning, the start and end of sessions, versions, a moment that was looked at, and now.

import type { VNode } from 'preact';
import { t } from '../../i18n';
import { shortMoment } from '../../i18n/format';
import type { CaseSession, Stretch } from '../../session';
import { pastOf, type Past } from './past';
import { sessionNumber, timeOf } from './sessions';

interface Props {
  readonly session: CaseSession;
  readonly stretch: Stretch;
  /** Where it begins, as an entry of the log. */
  readonly from: number;
}

interface Point {
  readonly seq: number;
  readonly label: string;
}

const NOW = 'now';

export function StretchChoice({ session, stretch, from }: Props): VNode {
  const past = pastOf(session);
  const starts = withPoint(startPoints(past), from, past);
  const ends = stretch.to === null ? endPoints(past) : withPoint(endPoints(past), stretch.to, past);
  const choose = (start: number, end: number | null): void => {
    session.stretch.value = { from: { seq: start }, to: end };
  };
  return (
    <div class="stretch">
      <label class="menu-field">
        <span>{t('changes.from')}</span>
        <select value={from} onChange={(event) => choose(Number(event.currentTarget.value), stretch.to)}>
          {starts.map(option)}
        </select>
      </label>
      <label class="menu-field">
        <span>{t('changes.to')}</span>
        <select
          value={stretch.to ?? NOW}
          onChange={(event) =>
            choose(from, event.currentTarget.value === NOW ? null : Number(event.currentTarget.value))
          }
        >
          <option value={NOW}>{t('changes.now')}</option>
          {ends.map(option)}
        </select>
      </label>
    </div>
  );
}

function option({ seq, label }: Point): VNode {
  return (
    <option key={seq} value={seq}>
      {label}
    </option>
  );
}

function startPoints(past: Past): readonly Point[] {
  const sessions = (past.sessions.value ?? []).map((each) => ({
    seq: each.first_seq - 1,
    label:
      each.first_seq === 1
        ? t('changes.beginning')
        : t('changes.session.start', { session: each.name ?? sessionNumber(each) }),
  }));
  return [...sessions, ...versionPoints(past)];
}

function endPoints(past: Past): readonly Point[] {
  const sessions = (past.sessions.value ?? []).map((each) => ({
    seq: each.seq,
    label: t('changes.session.end', { session: each.name ?? sessionNumber(each) }),
  }));
  return [...sessions, ...versionPoints(past)];
}

function versionPoints(past: Past): readonly Point[] {
  return past.versions.value.map(({ seq, name }) => ({ seq, label: t('changes.version', { name }) }));
}

/** Points with one more when it is not among them: told by its time. */
function withPoint(points: readonly Point[], seq: number, past: Past): readonly Point[] {
  if (points.some((point) => point.seq === seq)) return points;
  const at = timeOf(seq, past.bars.value, past.sessions.value ?? []);
  return [{ seq, label: seq === 0 ? t('changes.beginning') : shortMoment(at, Date.now()) }, ...points];
}
