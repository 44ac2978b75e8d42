import { readStored, writeStored } from '../ui/stored.js';

export const THEMES = ['system', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

export function currentTheme(): Theme {
  const stored = readStored('theme');
  return THEMES.find((theme) => theme === stored) ?? 'system';
}

/** Light, dark or as the computer has it; kept on this computer. */
export function chooseTheme(theme: Theme): void {
  writeStored('theme', theme);
  applyTheme();
}

export function applyTheme(): void {
  document.documentElement.dataset['theme'] = currentTheme();
}
