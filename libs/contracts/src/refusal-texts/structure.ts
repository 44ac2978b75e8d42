import type { RefusalText } from './refusal-text.js';

/** Refusals about organisations, locations, clusters, places and people (domain.md §2, §3). */
export const structureRefusals = {
  'unknown-organisation': {
    status: 422,
    nl: 'Deze organisatie bestaat niet.',
    en: 'This organisation does not exist.',
  },
  'organisation-has-no-places': {
    status: 422,
    nl: 'Alleen een instelling heeft locaties en plekken.',
    en: 'Only an institution has locations and places.',
  },
  'still-open-below': {
    status: 409,
    nl: 'Dit kan dan niet dicht: {count} onderdelen zijn dan nog open. Sluit die eerst.',
    en: 'This cannot close then: {count} parts of it are still open. Close those first.',
  },
  'closed-above': {
    status: 409,
    nl: 'Het onderdeel hierboven is dicht vanaf {date}. Dit kan niet langer open zijn.',
    en: 'The part above is closed from {date}. This cannot be open for longer.',
  },
  'representative-unfit': {
    status: 422,
    nl: 'Kies een clientmanager die bij deze instelling werkt.',
    en: 'Choose a clientmanager who works for this institution.',
  },
  'represents-clusters': {
    status: 409,
    nl: 'Deze persoon vertegenwoordigt nog {count} clusters. Kies daar eerst iemand anders.',
    en: 'This person still represents {count} clusters. Choose somebody else there first.',
  },
  'subject-in-use': {
    status: 409,
    nl: 'Deze inlognaam hoort al bij iemand anders.',
    en: 'This sign-in name belongs to somebody else already.',
  },
  'organisation-required': {
    status: 422,
    nl: 'Kies voor deze rol een organisatie.',
    en: 'Choose an organisation for this role.',
  },
  'organisation-kind-unfit': {
    status: 422,
    nl: 'De rol {role} past niet bij dit soort organisatie.',
    en: 'The role {role} does not fit this kind of organisation.',
  },
  'roles-required': { status: 422, nl: 'Kies ten minste één rol.', en: 'Choose at least one role.' },
  'system-has-no-roles': {
    status: 422,
    nl: 'Een systeem heeft geen rollen. Het levert voor een instelling.',
    en: 'A system has no roles. It delivers for an institution.',
  },
} as const satisfies Record<string, RefusalText>;
