// One example, read-only on the real canvas, under a banner that says so and offers a copy of one's own.

import '../cases';

import type { VNode } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { ApiError } from '../../api';
import { example, examples } from '../../start-api';
import { t } from '../../i18n';
import type { CaseSession } from '../../session';
import type { CaseFile } from '../../case-file';
import { openStill } from '../../session-still';
import { Canvas } from '../canvas/Canvas';
import { Failure } from '../Failure';
import { SidePanel } from '../panels/SidePanel';
import { problemText } from '../problem-text';
import { ExampleBanner } from './ExampleBanner';

interface Opened {
  readonly session: CaseSession;
  readonly title: string;
  /** A real coalition, told anew. */
  readonly retold: boolean;
}

export function ExamplePage({ id }: { readonly id: string }): VNode {
  const [opened, setOpened] = useState<Opened | null>(null);
  const [failure, setFailure] = useState<unknown>(null);
  useEffect(() => {
    Promise.all([example(id), examples()]).then(([file, all]) => {
      const retold = all.some((each) => each.id === id && each.retold);
      setOpened({ ...open(file as CaseFile), retold });
    }, setFailure);
  }, [id]);
  useEffect(() => () => opened?.session.close(), [opened]);
  if (failure !== null) return <ExampleFailure error={failure} />;
  if (opened === null) return <p class="waiting">{t('common.loading')}</p>;
  return (
    <div class="example-page">
      <ExampleBanner id={id} title={opened.title} retold={opened.retold} />
      <main class="example-canvas">
        <Canvas session={opened.session} />
      </main>
      <SidePanel session={opened.session} />
    </div>
  );
}

function open(file: CaseFile): Omit<Opened, 'retold'> {
  return { session: openStill(file), title: file.title ?? '' };
}

function ExampleFailure({ error }: { readonly error: unknown }): VNode {
  const missing = error instanceof ApiError && error.status === 404;
  if (missing) return <Failure title={t('example.missing')} text={t('example.missing.text')} />;
  return <Failure title={t('fault.title')} text={problemText(error)} reload />;
}
