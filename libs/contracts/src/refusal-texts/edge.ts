import type { RefusalText } from './refusal-text.js';

/** Refusals at the HTTP door: who asks, and values that do not have the form of their field. */
export const edgeRefusals = {
  'account-unknown': {
    status: 403,
    nl: 'Je bent ingelogd, maar Doorstroom kent je nog niet. Vraag de beheerder om je toe te voegen.',
    en: 'You are signed in, but Doorstroom does not know you. Ask your operator to add you.',
  },
  'method-not-allowed': {
    status: 405,
    nl: 'Dit kan hier niet. Wat wel kan: {allowed}.',
    en: 'This is not possible here. Possible are: {allowed}.',
  },
  'issuer-unavailable': {
    status: 503,
    nl: 'De inlogdienst is even niet bereikbaar. Probeer het straks opnieuw.',
    en: 'The sign-in service cannot be reached just now. Try again later.',
  },
  'field-too-short': {
    status: 400,
    nl: 'Dit is te kort. Gebruik minstens {min} tekens.',
    en: 'This is too short. Use at least {min} characters.',
  },
  'text-form': { status: 400, nl: 'Dit moet tekst zijn.', en: 'This must be text.' },
  'number-form': { status: 400, nl: 'Dit moet een heel getal zijn.', en: 'This must be a whole number.' },
  'number-too-small': { status: 400, nl: 'Dit is minstens {min}.', en: 'This is at least {min}.' },
  'number-too-large': { status: 400, nl: 'Dit is hoogstens {max}.', en: 'This is at most {max}.' },
  'boolean-form': { status: 400, nl: 'Dit is ja of nee (true of false).', en: 'This is yes or no (true or false).' },
  'list-form': { status: 400, nl: 'Dit moet een lijst zijn.', en: 'This must be a list.' },
  'list-too-long': {
    status: 400,
    nl: 'Deze lijst is te lang. Geef er hoogstens {max}.',
    en: 'This list is too long. Give at most {max}.',
  },
  'list-too-short': {
    status: 400,
    nl: 'Deze lijst is te kort. Geef er minstens {min}.',
    en: 'This list is too short. Give at least {min}.',
  },
  'list-doubles': {
    status: 400,
    nl: 'In deze lijst staat iets dubbel.',
    en: 'Something is in this list twice.',
  },
  'object-form': {
    status: 400,
    nl: 'Dit moet een object met velden zijn.',
    en: 'This must be an object with fields.',
  },
  'email-form': {
    status: 400,
    nl: 'Dit is geen geldig e-mailadres.',
    en: 'This is not a valid e-mail address.',
  },
  'instant-form': {
    status: 400,
    nl: 'Schrijf het moment als 2026-03-01T09:30:00Z.',
    en: 'Write the instant as 2026-03-01T09:30:00Z.',
  },
} as const satisfies Record<string, RefusalText>;
