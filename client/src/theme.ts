// Light or dark: as the device says, unless someone chose; the choice is remembered in this browser. Paper is always light.

import { effect, signal } from '@preact/signals';
import { remember, remembered } from './storage';

export type Theme = 'light' | 'dark';

const THEME_KEY = 'theme';
const device = window.matchMedia('(prefers-color-scheme: dark)');
const deviceTheme = signal<Theme>(device.matches ? 'dark' : 'light');
const chosen = signal<Theme | null>(readChoice());

/** The theme the screen shows now. */
export function theme(): Theme {
  return chosen.value ?? deviceTheme.value;
}

/** Show the other theme from now on. */
export function switchTheme(): void {
  chosen.value = theme() === 'dark' ? 'light' : 'dark';
  remember(THEME_KEY, chosen.value);
}

function readChoice(): Theme | null {
  const value: unknown = remembered(THEME_KEY);
  return value === 'light' || value === 'dark' ? value : null;
}

device.addEventListener('change', () => (deviceTheme.value = device.matches ? 'dark' : 'light'));
const onPaper = signal(false);
window.addEventListener('beforeprint', () => (onPaper.value = true));
window.addEventListener('afterprint', () => (onPaper.value = false));
effect(() => {
  document.documentElement.dataset['theme'] = onPaper.value ? 'light' : theme();
});
