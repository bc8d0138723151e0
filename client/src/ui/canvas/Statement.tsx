// The sentence that all share: edited by everyone in its own place, with the candidates as notes beneath it.

import type { VNode } from 'preact';
import { LIMITS, type StatementId } from '../../domain';
import { t } from '../../i18n';
import { Deferred, whenQuiet } from '../Deferred';
import { LifeButton } from './LifeButton';
import { PresenceMarks } from './PresenceMarks';
import { SharedText } from './SharedText';
import { useTable } from './table';

const loadHint = whenQuiet(async () => (await import('../windows')).SentenceHint);

export function Statement({ statement }: { readonly statement: StatementId }): VNode {
  const table = useTable();
  const { document: caseDocument, session } = table;
  const value = caseDocument.statements[statement].value;
  const key = `statement.${statement}`;
  if (!session.writableAt(statement)) return <StillStatement statement={statement} value={value} />;
  const blur = (): void => {
    caseDocument.edit.endBurst();
    if (document.activeElement instanceof HTMLTextAreaElement) document.activeElement.blur();
  };
  return (
    <div class="statement">
      <SharedText
        key={caseDocument.doc.guid}
        text={caseDocument.statementText(statement)}
        presenceKey={key}
        label={t(`statement.${statement}.label`)}
        placeholder={t(`statement.${statement}.placeholder`)}
        maxLength={LIMITS.statement}
        onDone={(refocus) => (refocus ? blur() : caseDocument.edit.endBurst())}
      />
      <p class="statement-foot">
        {value.trim() !== '' && <Deferred load={loadHint} props={{ table, sentence: value }} />}
        <PresenceMarks people={session.presentAtNote(key)} />
        <LifeButton table={table} subject={key} />
      </p>
    </div>
  );
}

function StillStatement({ statement, value }: { readonly statement: StatementId; readonly value: string }): VNode {
  const table = useTable();
  const empty = value.trim() === '';
  return (
    <div class="statement">
      <p class={empty ? 'statement-text is-empty' : 'statement-text'} dir="auto">
        {empty ? t(`piece.${statement}.question`) : value}
      </p>
      <p class="statement-foot">
        <LifeButton table={table} subject={`statement.${statement}`} />
      </p>
    </div>
  );
}
