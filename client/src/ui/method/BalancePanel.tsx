// Give and take: for each partner and for the whole what goes in and what comes out, euros, hours and the rest side by side and never
// added up. Who gives or gets nothing yet stands out kindly, with the way to begin.

import { useComputed } from '@preact/signals';
import type { VNode } from 'preact';
import { t } from '../../i18n';
import { balanceOf, type Balance, type Given, type PartnerBalance, type Taken } from '../../method/balance';
import { pictureOf } from '../../method/picture';
import type { CaseSession } from '../../session';
import { PartnerMark } from '../canvas/PartnerMark';
import { makeWay } from '../panels/on-phone';
import { loadWords, takenWords } from './load-words';

export function BalancePanel({ session }: { readonly session: CaseSession }): VNode {
  const balance = useComputed(() => balanceOf(pictureOf(session.document.value))).value;
  const { partners } = balance;
  if (partners.length === 0 && balance.whole.gives.notes.length + countTaken(balance.whole.takes) === 0)
    return <p class="quiet">{t('balance.empty')}</p>;
  return (
    <div class="balance">
      <p class="quiet">{t('balance.text')}</p>
      <Whole session={session} balance={balance} />
      <ul class="balance-partners">
        {partners.map((each) => (
          <PartnerLine key={each.partner.id} session={session} balance={each} />
        ))}
      </ul>
    </div>
  );
}

function Whole({ session, balance: { whole, nobodys } }: Props<Balance>): VNode {
  const open = nobodys.contributions.length + nobodys.returns.length;
  return (
    <section class="balance-whole" aria-label={t('balance.whole')}>
      <h3>{t('balance.whole')}</h3>
      <Scales gives={whole.gives} takes={whole.takes} />
      {open > 0 && (
        <button type="button" class="text-button" onClick={() => (session.panel.value = 'loose')}>
          {t('balance.nobodys', { count: open })}
        </button>
      )}
    </section>
  );
}

interface Props<B> {
  readonly session: CaseSession;
  readonly balance: B;
}

function PartnerLine({ session, balance }: Props<PartnerBalance>): VNode {
  const { partner, gives, takes, givesNothing, takesNothing } = balance;
  const open = (): void => {
    session.subject.value = `partners/${partner.id}`;
    session.panel.value = 'partner';
  };
  return (
    <li class={`balance-partner${givesNothing || takesNothing ? ' is-open' : ''}`}>
      <h3>
        <button type="button" class="balance-name" onClick={open}>
          <PartnerMark partner={partner} />
          <bdi>{partner.name}</bdi>
          {partner.left !== null && <span class="quiet">{t('partners.left')}</span>}
        </button>
      </h3>
      <Scales gives={gives} takes={takes} />
      {partner.left === null && (givesNothing || takesNothing) && (
        <p class="balance-kind">
          {t(givesNothing && takesNothing ? 'balance.neither' : givesNothing ? 'balance.no-gift' : 'balance.no-return')}{' '}
          {session.writableAt(givesNothing ? 'contributions' : 'returns') && (
            <button type="button" class="text-button" onClick={() => go(givesNothing ? 'contributions' : 'returns')}>
              {t(givesNothing ? 'balance.add-gift' : 'balance.add-return')}
            </button>
          )}
        </p>
      )}
    </li>
  );

  function go(place: 'contributions' | 'returns'): void {
    const fields = place === 'contributions' ? { partner: partner.id } : { for: partner.id };
    makeWay(session);
    session.begin(place, fields);
  }
}

function Scales({ gives, takes }: { readonly gives: Given; readonly takes: Taken }): VNode {
  return (
    <dl class="scales">
      <div>
        <dt>{t('balance.gives')}</dt>
        <dd>{loadWords(gives, gives.forms)}</dd>
      </div>
      <div>
        <dt>{t('balance.gets')}</dt>
        <dd>{takenWords(takes)}</dd>
      </div>
    </dl>
  );
}

function countTaken({ financial, nonFinancial, unsaid }: Taken): number {
  return financial.notes.length + nonFinancial.notes.length + unsaid.notes.length;
}
