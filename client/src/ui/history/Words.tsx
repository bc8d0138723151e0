// A text that was rewritten, word by word: what came is underlined, what went is struck out, and both are said in words for who does
// not see that.

import type { VNode } from 'preact';
import type { WordMark } from '../../history-api';
import { t } from '../../i18n';

export function Words({ words }: { readonly words: readonly (readonly [WordMark, string])[] }): VNode {
  return (
    <p class="change-text words" dir="auto">
      {words.map(([mark, text], index) => {
        if (mark === 'same') return text;
        const Mark = mark === 'added' ? 'ins' : 'del';
        return (
          <Mark key={index}>
            <span class="visually-hidden">{t(`words.${mark}`)} </span>
            {text}
          </Mark>
        );
      })}
    </p>
  );
}
