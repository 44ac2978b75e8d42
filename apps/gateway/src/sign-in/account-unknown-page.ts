import { refusalTexts } from '#contracts/refusal-texts.js';
import type { Language } from '../http/problem.js';

const words = {
  nl: { title: 'Doorstroom kent je nog niet', signOut: 'Uitloggen en met een ander account inloggen' },
  en: { title: 'Doorstroom does not know you', signOut: 'Sign out and use another account' },
} as const;

/** Shown after signing in at the issuer with an account that the people directory does not know. */
export function accountUnknownPage(language: Language, signOutUrl: string): string {
  const { title, signOut } = words[language];
  const href = signOutUrl.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
  return `<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex"><title>${title}</title></head>
<body><main><h1>${title}</h1><p>${refusalTexts['account-unknown'][language]}</p><p><a href="${href}">${signOut}</a></p>
</main></body></html>`;
}
