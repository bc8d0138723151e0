import { expect, it } from 'vitest';
import { seen, shown } from '../../client/src/names';

it.each([
  'Noor',
  'Zoë de Vries-Çelik',
  'نور',
  '李娜',
  "O'Brien",
  'क्\u200dष',
  '👩\u200d🌾 Boerin',
  '❤\uFE0F Noor',
  '葛\u{E0100}城',
  '1\uFE0F\u20E3 ronde',
])('leaves %s as it is', (name) => {
  expect(shown(name)).toBe(name);
});

it.each([
  ['No\u202eor', 'No\uFFFDor'],
  ['No\u200bor', 'No\uFFFDor'],
  ['No\u200dor', 'No\uFFFDor'],
  ['\u2066Noor\u2069', '\uFFFDNoor\uFFFD'],
  ['Noor\u200d', 'Noor\uFFFD'],
  ['Noor\u3164', 'Noor\uFFFD'],
  ['No\u034For', 'No\uFFFDor'],
  ['Noor\uFE0F', 'Noor\uFFFD'],
  ['Noor\u{E0100}', 'Noor\uFFFD'],
  ['\u2800', '\uFFFD'],
])('shows what hides in %j', (name, expected) => {
  expect(shown(name)).toBe(expected);
});

it('writes a name without what cannot be seen', () => {
  expect(seen(' No\u202eor\u200b ')).toBe('Noor');
});
