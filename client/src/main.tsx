// Where the client starts: the styles, the router, and the page of the present address. Each page is
// loaded when it is first shown; the last one stays until the next is there. Opening without a network is `service-worker.ts`.

import '@fontsource-variable/atkinson-hyperlegible-next/wght.css';
import './styles/all.css';
import './theme';
import './ui/shared';

import { effect, signal } from '@preact/signals';
import { render, type ComponentChild, type VNode } from 'preact';
import { startLanguage, t, wholeLanguage } from './i18n';
import { route, startRouter, type Route } from './router';
import { Failure } from './ui/Failure';
import { CaseDoor } from './ui/join/CaseDoor';
import { registerWorker } from './worker';

const shown = signal<ComponentChild>(null);

async function pageOf(at: Route): Promise<VNode> {
  if (at.page !== 'case') await wholeLanguage();
  switch (at.page) {
    case 'start': {
      const { StartPage } = await import('./ui/pages');
      return <StartPage />;
    }
    case 'about': {
      const { AboutPage } = await import('./ui/pages');
      return <AboutPage />;
    }
    case 'example': {
      const { ExamplePage } = await import('./ui/examples/ExamplePage');
      return <ExamplePage key={at.id} id={at.id} />;
    }
    case 'case':
      return <CaseDoor key={`${at.id} ${at.secret ?? at.back ?? ''}`} caseId={at.id} {...at} />;
    case 'lost':
      return <Lost />;
  }
}

function Lost(): VNode {
  return <Failure title={t('lost.title')} text={t('lost.text')} />;
}

function LoadFault(): VNode {
  return <Failure title={t('fault.title')} text={t('fault.load')} reload />;
}

const spoken = startLanguage();

async function show(at: Route): Promise<void> {
  const [page] = await Promise.all([pageOf(at), spoken]).catch(() => [<LoadFault key="fault" />]);
  if (route.value === at) shown.value = page;
}

function App(): VNode {
  return <>{shown.value}</>;
}

startRouter();
effect(() => void show(route.value));

registerWorker();

const app = document.getElementById('app');
if (app !== null) render(<App />, app);
