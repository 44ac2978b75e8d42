import i18next, { type BackendModule, type ReadCallback } from 'i18next';
import { initReactI18next } from 'react-i18next';

import { readStored, writeStored } from '../ui/stored.js';

export const LANGUAGES = ['nl', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];

const STORED_AS = 'language';
type MessageFile = { default: Record<string, unknown> };

/** One file per language and feature, fetched when the feature is first opened. */
const files = {
  ...import.meta.glob<MessageFile>('../features/*/messages.*.ts'),
  ...import.meta.glob<MessageFile>('./common/messages.*.ts'),
};

const isLanguage = (value: unknown): value is Language => LANGUAGES.some((language) => language === value);

async function load(language: string, namespace: string): Promise<Record<string, unknown>> {
  const suffix = `/${namespace}/messages.${language}.ts`;
  const path = Object.keys(files).find((candidate) => candidate.endsWith(suffix));
  const file = path === undefined ? undefined : files[path];
  if (file === undefined) throw new Error(`No messages for ${namespace} in ${language}`);
  return (await file()).default;
}

const lazyFiles: BackendModule = {
  type: 'backend',
  init: () => undefined,
  read: (language: string, namespace: string, done: ReadCallback) => {
    load(language, namespace).then(
      (messages) => done(null, messages),
      (error: unknown) => done(error instanceof Error ? error : new Error(String(error)), null),
    );
  },
};

/** Dutch unless the person chose otherwise on this computer. */
export async function startLanguage(): Promise<void> {
  const stored = readStored(STORED_AS);
  const language = isLanguage(stored) ? stored : 'nl';
  document.documentElement.lang = language;
  await i18next
    .use(lazyFiles)
    .use(initReactI18next)
    .init({
      lng: language,
      fallbackLng: false,
      supportedLngs: [...LANGUAGES],
      ns: ['common'],
      defaultNS: 'common',
      interpolation: { escapeValue: false },
      react: { useSuspense: true },
    });
}

export function currentLanguage(): Language {
  return isLanguage(i18next.language) ? i18next.language : 'nl';
}

/** Switches every text that is on the page, and remembers it on this computer. */
export async function switchLanguage(language: Language): Promise<void> {
  writeStored(STORED_AS, language);
  await i18next.changeLanguage(language);
  document.documentElement.lang = language;
}

/** Writes every text on the page again: what a sentence says may go by the date. */
export function rewriteTexts(): void {
  i18next.emit('languageChanged', i18next.language);
}

/** Fetches a feature's messages beside its code, so that opening a page waits once instead of twice. */
export async function preloadMessages(...namespaces: string[]): Promise<void> {
  await i18next.loadNamespaces(namespaces);
}
