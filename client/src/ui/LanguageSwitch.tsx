// Dutch or English, always within reach; each language is named in itself, in short to the eye and in full to the ear.

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
          onClick={() => void setLanguage(each)}
        >
          {each.toUpperCase()} <span class="visually-hidden">{t(`language.${each}`)}</span>
        </button>
      ))}
    </div>
  );
}
