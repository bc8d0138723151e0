// Dutch or English, always within reach; each language is named in itself.

import type { VNode } from 'preact';
import { language, languages, setLanguage, t } from '../i18n';

export function LanguageSwitch(): VNode {
  return (
    <div class="language-switch" role="group" aria-label={t('language.label')}>
      {languages.map((each) => (
        <button
          key={each}
          type="button"
          lang={each}
          aria-pressed={language.value === each}
          aria-label={t(`language.${each}`)}
          onClick={() => void setLanguage(each)}
        >
          {each.toUpperCase()}
        </button>
      ))}
    </div>
  );
}
