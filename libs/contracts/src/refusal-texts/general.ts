import type { RefusalText } from './refusal-text.js';

/** Refusals that any service can give. */
export const generalRefusals = {
  'invalid-input': {
    status: 400,
    nl: 'Niet alles is goed ingevuld. Kijk bij de velden wat er anders moet.',
    en: 'Not everything is filled in correctly. See at the fields what has to change.',
  },
  'malformed-body': {
    status: 400,
    nl: 'Dit bericht is niet te lezen. Stuur geldige JSON.',
    en: 'This message cannot be read. Send valid JSON.',
  },
  'field-required': { status: 400, nl: 'Vul dit in.', en: 'Fill this in.' },
  'field-unknown': { status: 400, nl: 'Dit veld bestaat niet.', en: 'This field does not exist.' },
  'field-invalid': { status: 400, nl: 'Deze waarde kan hier niet.', en: 'This value is not possible here.' },
  'field-too-long': {
    status: 400,
    nl: 'Dit is te lang. Gebruik hoogstens {max} tekens.',
    en: 'This is too long. Use at most {max} characters.',
  },
  'code-unknown': {
    status: 400,
    nl: 'Deze keuze bestaat niet. Kies uit: {allowed}.',
    en: 'This choice does not exist. Choose from: {allowed}.',
  },
  'date-form': {
    status: 400,
    nl: 'Schrijf de datum als jaar-maand-dag, bijvoorbeeld 2026-03-01.',
    en: 'Write the date as year-month-day, for example 2026-03-01.',
  },
  'date-not-existing': {
    status: 400,
    nl: 'Deze datum staat niet op de kalender.',
    en: 'This date is not on the calendar.',
  },
  'date-order': {
    status: 422,
    nl: 'De einddatum moet na de begindatum liggen.',
    en: 'The end date must be after the start date.',
  },
  'date-too-far-ahead': {
    status: 422,
    nl: 'Deze datum ligt te ver vooruit. De laatste datum die kan is {latest}.',
    en: 'This date is too far ahead. The latest possible date is {latest}.',
  },
  'stale-version': {
    status: 412,
    nl: 'Iemand anders heeft dit intussen gewijzigd (versie {actual}, jij had {expected}). Haal de nieuwe versie op.',
    en: 'Someone else changed this meanwhile (version {actual}, you had {expected}). Get the new version.',
  },
  'version-required': {
    status: 412,
    nl: 'Geef aan welke versie je wijzigt (If-Match).',
    en: 'Say which version you are changing (If-Match).',
  },
  'deadline-not-failed': {
    status: 409,
    nl: 'Dit is niet mislukt. Het gebeurt vanzelf als het tijd is.',
    en: 'This did not fail. It happens by itself when it is time.',
  },
  'not-signed-in': { status: 401, nl: 'Log eerst in.', en: 'Sign in first.' },
  'session-expired': {
    status: 401,
    nl: 'Je sessie is voorbij. Log opnieuw in.',
    en: 'Your session ended. Sign in again.',
  },
  'token-invalid': { status: 401, nl: 'Dit toegangsbewijs is niet geldig.', en: 'This access token is not valid.' },
  'csrf-token-wrong': {
    status: 403,
    nl: 'Dit verzoek kwam niet van je eigen pagina. Laad de pagina opnieuw.',
    en: 'This request did not come from your own page. Reload the page.',
  },
  'not-permitted': {
    status: 403,
    nl: 'Met jouw rol mag je dit niet.',
    en: 'Your role does not allow this.',
  },
  'other-organisation': {
    status: 403,
    nl: 'Dit hoort bij een andere instelling. Je kunt alleen voor je eigen instelling iets wijzigen.',
    en: 'This belongs to another institution. You can only change things of your own institution.',
  },
  'not-found': {
    status: 404,
    nl: 'Dit bestaat niet, of je mag het niet zien.',
    en: 'This does not exist, or you may not see it.',
  },
  'idempotency-key-reused': {
    status: 422,
    nl: 'Deze Idempotency-Key is al gebruikt voor een ander verzoek. Neem een nieuwe.',
    en: 'This Idempotency-Key was already used for another request. Take a new one.',
  },
  'concurrent-change': {
    status: 409,
    nl: 'Iemand anders wijzigde dit op hetzelfde moment. Probeer het opnieuw.',
    en: 'Someone else changed this at the same moment. Try again.',
  },
  'already-exists': { status: 409, nl: 'Dit bestaat al.', en: 'This already exists.' },
  'body-too-large': {
    status: 413,
    nl: 'Dit is te groot. De grens is {max}.',
    en: 'This is too large. The limit is {max}.',
  },
  'media-type-unsupported': {
    status: 415,
    nl: 'Deze soort inhoud kan hier niet. Gebruik {allowed}.',
    en: 'This kind of content is not possible here. Use {allowed}.',
  },
  'too-many-requests': {
    status: 429,
    nl: 'Dit zijn te veel verzoeken. Probeer het over {seconds} seconden opnieuw.',
    en: 'These are too many requests. Try again in {seconds} seconds.',
  },
  'service-unavailable': {
    status: 503,
    nl: 'Dit onderdeel is even niet bereikbaar. Er is niets gewijzigd. Probeer het straks opnieuw.',
    en: 'This part cannot be reached just now. Nothing was changed. Try again later.',
  },
  'deadline-exceeded': {
    status: 503,
    nl: 'Het antwoord kwam niet op tijd. Kijk eerst of de wijziging er staat en probeer het dan opnieuw.',
    en: 'The answer did not come in time. First look whether the change is there, then try again.',
  },
  'storage-unavailable': {
    status: 503,
    nl: 'De opslag is even niet bereikbaar. Probeer het straks opnieuw. Meldcode: {correlationId}.',
    en: 'The storage cannot be reached just now. Try again later. Reference: {correlationId}.',
  },
  unexpected: {
    status: 500,
    nl: 'Er ging iets mis aan onze kant. Geef deze meldcode door aan de beheerder: {correlationId}.',
    en: 'Something went wrong on our side. Give this reference to the operator: {correlationId}.',
  },
  'dead-letter-fails-again': {
    status: 422,
    nl: 'Opnieuw verwerken lukte niet: {reason}',
    en: 'Handling it again failed: {reason}',
  },
  'dead-letter-decided': {
    status: 409,
    nl: 'Over dit bericht is al besloten.',
    en: 'This message was already decided upon.',
  },
  'access-log-unavailable': {
    status: 503,
    nl: 'De inzage kon niet worden vastgelegd. Daarom laten we de gegevens niet zien. Probeer het straks opnieuw.',
    en: 'The access could not be logged. Therefore the data are not shown. Try again later.',
  },
  'demo-clock-unclear': {
    status: 422,
    nl: 'Zeg op één manier hoe ver: een datum, een aantal maanden of een aantal dagen.',
    en: 'Say in one way how far: a date, a number of months or a number of days.',
  },
  'demo-clock-forward-only': {
    status: 422,
    nl: 'Het is nu {today}. De datum kan alleen vooruit. Kies een latere dag.',
    en: 'It is {today} now. The date only goes forward. Choose a later day.',
  },
  'demo-clock-too-far': {
    status: 422,
    nl: 'De datum kan nu niet verder dan {latest}. Kies die dag of een eerdere.',
    en: 'The date cannot go further than {latest} now. Choose that day or an earlier one.',
  },
} as const satisfies Record<string, RefusalText>;
