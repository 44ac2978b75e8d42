import type { RefusalText } from './refusal-text.js';

/** Refusals about client records and the waiting list (domain.md §3). */
export const clientRefusals = {
  'unknown-client': { status: 422, nl: 'Deze cliënt bestaat niet.', en: 'This client does not exist.' },
  'birth-date-in-future': {
    status: 422,
    nl: 'De geboortedatum ligt in de toekomst.',
    en: 'The date of birth is in the future.',
  },
  'birth-date-too-old': {
    status: 422,
    nl: 'De geboortedatum ligt meer dan {years} jaar terug.',
    en: 'The date of birth is more than {years} years ago.',
  },
  'birth-date-after-stay': {
    status: 422,
    nl: 'De geboortedatum ligt na het eerste verblijf, dat begon op {date}.',
    en: 'The date of birth is after the first stay, which started on {date}.',
  },
  'bsn-invalid': {
    status: 422,
    nl: 'Dit is geen geldig BSN. Een BSN heeft 9 cijfers en klopt met de elfproef.',
    en: 'This is not a valid BSN. A BSN has 9 digits and passes the eleven test.',
  },
  'bsn-in-use': {
    status: 409,
    nl: 'Dit BSN hoort al bij een ander dossier. Open dat dossier of voeg de dossiers samen.',
    en: 'This BSN belongs to another file already. Open that file or merge the files.',
  },
  'name-without-letters': {
    status: 422,
    nl: 'In een naam staat minstens één letter of cijfer.',
    en: 'A name has at least one letter or digit.',
  },
  'name-required': { status: 422, nl: 'Vul een achternaam in.', en: 'Fill in a family name.' },
  'postcode-invalid': {
    status: 422,
    nl: 'Schrijf de postcode als 1234 AB.',
    en: 'Write the postcode as 1234 AB.',
  },
  'email-invalid': { status: 422, nl: 'Dit is geen e-mailadres.', en: 'This is not an e-mail address.' },
  'phone-invalid': {
    status: 422,
    nl: 'Dit is geen telefoonnummer. Gebruik cijfers, eventueel met + vooraan.',
    en: 'This is not a phone number. Use digits, with + in front if needed.',
  },
  'possible-duplicate': {
    status: 409,
    nl: 'Deze cliënt lijkt er al te zijn ({count} keer). Bekijk de dossiers, of bevestig dat het iemand anders is.',
    en: 'This client seems to be here already ({count} times). Look at the files, or confirm that it is someone else.',
  },
  'merge-same-client': {
    status: 422,
    nl: 'Een dossier kan niet met zichzelf worden samengevoegd.',
    en: 'A file cannot be merged with itself.',
  },
  'merge-different-bsn': {
    status: 409,
    nl: 'De dossiers hebben elk een ander BSN. Het zijn dus twee mensen, of een BSN is fout.',
    en: 'The files each have a different BSN. So they are two people, or one BSN is wrong.',
  },
  'already-merged': {
    status: 409,
    nl: 'Dit dossier is al samengevoegd.',
    en: 'This file was merged already.',
  },
  'not-merged': { status: 409, nl: 'Dit dossier is niet samengevoegd.', en: 'This file was not merged.' },
} as const satisfies Record<string, RefusalText>;

/** Refusals of the waiting list (domain.md §3). */
export const waitingListRefusals = {
  'unknown-waiting-entry': {
    status: 404,
    nl: 'Deze inschrijving op de wachtlijst bestaat niet.',
    en: 'This entry on the waiting list does not exist.',
  },
  'unknown-offer': { status: 404, nl: 'Dit aanbod bestaat niet.', en: 'This offer does not exist.' },
  'already-waiting': {
    status: 409,
    nl: 'De cliënt staat al op de wachtlijst voor deze soort plek en zwaarte.',
    en: 'The client is already on the waiting list for this kind of place and zwaarte.',
  },
  'waiting-since-in-future': {
    status: 422,
    nl: 'De datum van inschrijving ligt in de toekomst.',
    en: 'The date of entry is in the future.',
  },
  'waiting-entry-closed': {
    status: 409,
    nl: 'Deze inschrijving is afgesloten.',
    en: 'This entry is closed.',
  },
  'entry-has-open-offer': {
    status: 409,
    nl: 'Er loopt al een aanbod voor deze inschrijving, tot en met {date}.',
    en: 'There is an open offer for this entry already, until {date}.',
  },
  'place-has-open-offer': {
    status: 409,
    nl: '{place} is al aan iemand anders aangeboden.',
    en: '{place} is already offered to someone else.',
  },
  'place-kind-differs': {
    status: 422,
    nl: '{place} is een andere soort plek dan waarop de cliënt wacht.',
    en: '{place} is another kind of place than the client waits for.',
  },
  'place-not-free': {
    status: 409,
    nl: '{place} is vanaf {date} niet vrij.',
    en: '{place} is not free from {date}.',
  },
  'offer-not-open': { status: 409, nl: 'Dit aanbod loopt niet meer.', en: 'This offer is no longer open.' },
  'answer-date-passed': {
    status: 409,
    nl: 'De datum om te antwoorden is voorbij: {date}.',
    en: 'The date to answer has passed: {date}.',
  },
  'answer-date-in-past': {
    status: 422,
    nl: 'De datum om te antwoorden ligt in het verleden.',
    en: 'The date to answer is in the past.',
  },
  'offer-not-due': {
    status: 409,
    nl: 'Dit aanbod loopt nog tot en met {date}.',
    en: 'This offer still runs until {date}.',
  },
} as const satisfies Record<string, RefusalText>;
