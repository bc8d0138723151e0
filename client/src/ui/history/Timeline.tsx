// Under a past moment: a slider through all moments with the work of each partner above it, and what plays, steps and jumps.
//
// What the bars hold is `bars.ts`, how playing counts time `playing.ts`, going to a moment `looking-back.ts`.

import type { VNode } from 'preact';
import { useEffect, useMemo, useState } from 'preact/hooks';
import { t } from '../../i18n';
import { dateAndTime } from '../../i18n/format';
import type { CaseSession } from '../../session';
import { Button } from '../Button';
import { IconButton } from '../canvas/icons';
import { useNow } from '../panels/use-now';
import { Problem } from '../Problem';
import { lookBack } from './looking-back';
import { pastOf, type Past } from './past';
import { Playing, SPEEDS, type Speed } from './playing';
import { barAt, sessionAt, sessionNumber, sessionTitle } from './sessions';
import { TimelineBars, TimelineKey } from './TimelineBars';

const CALM = '(prefers-reduced-motion: reduce)';

export function Timeline({ session }: { readonly session: CaseSession }): VNode | null {
  const past = pastOf(session);
  const [failure, setFailure] = useState<unknown>(null);
  const bars = past.bars.value;
  const shown = past.wanted.value ?? session.lookingBack.value?.seq;
  const refresh = (): void => {
    setFailure(null);
    past.refresh().catch(setFailure);
  };
  useEffect(refresh, [past]);
  if (shown === undefined) return null;
  const index = barAt(shown, bars);
  const go = async (at: number): Promise<boolean> => {
    const seq = bars[at]?.seq;
    if (seq === undefined) return false;
    setFailure(null);
    return lookBack(session, seq).catch((error: unknown) => {
      setFailure(error);
      return false;
    });
  };
  const jump = (seq: number): void => void lookBack(session, seq).catch(setFailure);
  const when = momentWords(past, index);
  return (
    <section class="timeline" aria-label={t('timeline.title')}>
      <div class="timeline-track">
        <TimelineBars {...{ session, bars, index }} people={past.people.value} />
        <input
          type="range"
          min={0}
          max={Math.max(0, bars.length - 1)}
          value={index}
          disabled={bars.length === 0}
          aria-label={t('timeline.slider')}
          aria-valuetext={when}
          onInput={(event) => void go(Number(event.currentTarget.value))}
        />
      </div>
      <div class="timeline-acts">
        <Steps index={index} last={bars.length - 1} go={go} bars={past} />
        <SessionJump past={past} seq={shown} onJump={jump} />
      </div>
      <TimelineKey session={session} bars={bars} people={past.people.value} />
      <Problem error={failure}>
        <Button onClick={refresh}>{t('history.retry')}</Button>
      </Problem>
    </section>
  );
}

function momentWords(past: Past, index: number): string {
  const bar = past.bars.value[index];
  if (!bar) return t('common.loading');
  const within = sessionAt(bar.seq, past.sessions.value ?? []);
  return [dateAndTime(bar.to), ...(within ? [within.name ?? sessionNumber(within)] : [])].join(', ');
}

interface StepsProps {
  readonly bars: Past;
  readonly index: number;
  readonly last: number;
  readonly go: (index: number) => Promise<boolean>;
}

function Steps({ bars: past, index, last, go }: StepsProps): VNode {
  const { playing, speed, toggle, setSpeed } = usePlaying(past, index, go);
  const calm = window.matchMedia(CALM).matches;
  return (
    <>
      <IconButton icon="back" label={t('timeline.previous')} disabled={index <= 0} onClick={() => void go(index - 1)} />
      {!calm && (
        <IconButton
          icon={playing ? 'pause' : 'play'}
          class="timeline-play"
          label={t(playing ? 'timeline.pause' : 'timeline.play')}
          onClick={toggle}
        />
      )}
      <IconButton
        icon="forward"
        label={t('timeline.next')}
        disabled={index >= last}
        onClick={() => void go(index + 1)}
      />
      {!calm && (
        <label class="timeline-choice">
          <span class="visually-hidden">{t('timeline.speed')}</span>
          <select value={speed} onChange={(event) => setSpeed(Number(event.currentTarget.value) as Speed)}>
            {SPEEDS.map((each) => (
              <option key={each} value={each}>
                {t('timeline.times', { speed: each })}
              </option>
            ))}
          </select>
        </label>
      )}
    </>
  );
}

interface PlayState {
  readonly playing: boolean;
  readonly speed: Speed;
  readonly toggle: () => void;
  readonly setSpeed: (speed: Speed) => void;
}

function usePlaying(past: Past, index: number, go: (index: number) => Promise<boolean>): PlayState {
  const [playing, setPlaying] = useState(false);
  const [speed, setSpeed] = useState<Speed>(10);
  const clock = useMemo(
    () => new Playing({ bars: () => past.bars.peek(), show: go, onEnd: () => setPlaying(false) }),
    [past], // eslint-disable-line react-hooks/exhaustive-deps -- `go` reads what is there when it is called
  );
  useEffect(() => () => clock.stop(), [clock]);
  function toggle(): void {
    if (playing) clock.stop();
    else clock.start(index, speed);
    setPlaying(!playing);
  }
  function choose(chosen: Speed): void {
    setSpeed(chosen);
    if (playing) clock.start(index, chosen);
  }
  return { playing, speed, toggle, setSpeed: choose };
}

interface JumpProps {
  readonly past: Past;
  readonly seq: number;
  readonly onJump: (seq: number) => void;
}

function SessionJump({ past, seq, onJump }: JumpProps): VNode {
  const now = useNow();
  const sessions = past.sessions.value ?? [];
  const current = sessionAt(seq, sessions);
  return (
    <label class="timeline-choice timeline-jump">
      <span class="visually-hidden">{t('timeline.jump')}</span>
      <select
        value={current?.number ?? ''}
        onChange={(event) => {
          const chosen = sessions.find(({ number }) => number === Number(event.currentTarget.value));
          if (chosen) onJump(chosen.seq);
        }}
      >
        {sessions.map((session) => (
          <option key={session.number} value={session.number}>
            {sessionTitle(session, now)}
          </option>
        ))}
      </select>
    </label>
  );
}
