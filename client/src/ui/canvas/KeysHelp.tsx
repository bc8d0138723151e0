// The list of keys. Loaded when it is asked for.

import type { VNode } from 'preact';
import { t, type Key } from '../../i18n';
import { Dialog } from '../Dialog';

const KEYS: readonly (readonly [keys: readonly string[], words: Key])[] = [
  [['N'], 'keys.new'],
  [['Enter'], 'keys.edit'],
  [['Shift', 'Enter'], 'keys.line'],
  [['Esc'], 'keys.done'],
  [['↑', '↓'], 'keys.walk'],
  [['Alt', '↑', '↓'], 'keys.shift'],
  [['Alt', '←', '→'], 'keys.carry'],
  [['M'], 'keys.menu'],
  [['Delete'], 'keys.delete'],
  [['Ctrl', 'Z'], 'keys.undo'],
  [['Ctrl', 'Shift', 'Z'], 'keys.redo'],
  [['?'], 'keys.help'],
];

export function KeysHelp({ onClose }: { readonly onClose: () => void }): VNode {
  return (
    <Dialog title={t('keys.title')} onClose={onClose}>
      <dl class="keys">
        {KEYS.map(([keys, words]) => (
          <div key={words}>
            <dt>
              {keys.map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>{t(words)}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
