// Gentle hints on a shared sentence: too long to remember, or in the language of policy. Pure, by the language of the case.
//
// A hint never blocks and never counts. Which words people do not use is a short list of our own; whoever means them may keep them.

const LONG_WORDS = 30;

const POLICY: Readonly<Record<'nl' | 'en', readonly string[]>> = {
  nl: [
    'borgen',
    'doorontwikkelen',
    'faciliteren',
    'governance',
    'implementeren',
    'inbedden',
    'integraal',
    'ketenaanpak',
    'kader',
    'optimaliseren',
    'randvoorwaarden',
    'stakeholders',
    'synergie',
    'transitie',
    'uitrollen',
  ],
  en: [
    'empower',
    'facilitate',
    'framework',
    'governance',
    'holistic',
    'implement',
    'leverage',
    'optimise',
    'optimize',
    'roll out',
    'stakeholders',
    'synergy',
    'transition',
  ],
};

export interface SentenceHints {
  /** The number of words, when there are too many to remember; else null. */
  readonly tooLong: number | null;
  /** Words of policy that stand in it, as they are listed. */
  readonly policy: readonly string[];
}

export function sentenceHints(sentence: string, language: 'nl' | 'en'): SentenceHints {
  const words = sentence
    .trim()
    .split(/\s+/u)
    .filter((word) => word !== '');
  const bare = ` ${words.map((word) => word.toLowerCase().replace(/[^\p{L}\p{N}-]/gu, '')).join(' ')} `;
  return {
    tooLong: words.length > LONG_WORDS ? words.length : null,
    policy: POLICY[language].filter((word) => bare.includes(` ${word} `)),
  };
}
