// What a facilitator knows of everyone who ever came: asked when the list opens, and again whenever it may have changed. Nobody else
// may ask.

import { useEffect, useState } from 'preact/hooks';
import { everyone, type Standing } from '../../access-api';
import type { CaseSession } from '../../session';

export interface Standings {
  /** By participant; null until the server answered, and for who does not lead. */
  readonly people: ReadonlyMap<string, Standing> | null;
  readonly failure: unknown;
  reload(): void;
}

export function leads(session: CaseSession): boolean {
  return session.kind === 'live' && session.me.value?.role === 'facilitator';
}

export function useStandings(session: CaseSession): Standings {
  const [people, setPeople] = useState<ReadonlyMap<string, Standing> | null>(null);
  const [failure, setFailure] = useState<unknown>(null);
  const [again, setAgain] = useState(0);
  const caseId = leads(session) ? session.caseId : null;
  const known = session.people.value;
  const waiting = session.waiting.value;
  // Who is taken out leaves the table.
  const present = [...new Set(session.present.value.map(({ id }) => id))].sort().join();
  useEffect(() => {
    let isWanted = true;
    if (caseId === null) setPeople(null);
    else
      everyone(caseId).then(
        (found) => {
          if (!isWanted) return;
          setPeople(new Map(found.map((each) => [each.id, each])));
          setFailure(null);
        },
        (error: unknown) => isWanted && setFailure(error),
      );
    return () => {
      isWanted = false;
    };
  }, [caseId, known, waiting, present, again]);
  return { people, failure, reload: () => setAgain((count) => count + 1) };
}
