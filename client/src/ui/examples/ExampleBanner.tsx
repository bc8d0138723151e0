// Above an example: that it is one, and the way to make it yours.

import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import type { Person } from '../../api';
import { copyExample } from '../../start-api';
import { t } from '../../i18n';
import { Button } from '../Button';
import { Dialog } from '../Dialog';
import { enterCase } from '../enter-case';
import { LanguageSwitch } from '../LanguageSwitch';
import { Logo } from '../Logo';
import { PersonForm } from '../PersonForm';

interface Props {
  readonly id: string;
  readonly title: string;
  readonly retold: boolean;
}

export function ExampleBanner({ id, title, retold }: Props): VNode {
  const [copying, setCopying] = useState(false);
  return (
    <header class="example-banner">
      <a class="site-name" href="/" title={t('nav.home')}>
        <Logo />
        {t('product.name')}
      </a>
      <p>{t(retold ? 'example.banner.retold' : 'example.banner')}</p>
      <LanguageSwitch />
      <Button kind="primary" onClick={() => setCopying(true)}>
        {t('example.copy')}
      </Button>
      {copying && <CopyDialog id={id} title={title} onClose={() => setCopying(false)} />}
    </header>
  );
}

interface CopyProps {
  readonly id: string;
  readonly title: string;
  readonly onClose: () => void;
}

function CopyDialog({ id, title, onClose }: CopyProps): VNode {
  async function copy(person: Person): Promise<void> {
    enterCase(await copyExample(id, person), title);
  }
  return (
    <Dialog title={t('example.copy.title', { title })} onClose={onClose}>
      <p>{t('example.copy.text')}</p>
      <PersonForm submit={t('example.copy.submit')} busy={t('example.copy.busy')} onSubmit={copy} />
    </Dialog>
  );
}
