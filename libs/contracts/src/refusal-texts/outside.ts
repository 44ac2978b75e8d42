import type { RefusalText } from './refusal-text.js';

/** Refusals of what comes from outside: events of other systems and files (issue "Bad input and faults"). */
export const outsideRefusals = {
  'event-malformed': {
    status: 400,
    nl: 'Dit is geen geldig CloudEvent. Kijk bij de velden wat er ontbreekt.',
    en: 'This is not a valid CloudEvent. See at the fields what is missing.',
  },
  'event-content-differs': {
    status: 409,
    nl: 'Er is al een bericht met dit id van deze bron, met een andere inhoud.',
    en: 'There is already an event with this id from this source, with other content.',
  },
  'unknown-event-type': {
    status: 422,
    nl: 'We kennen dit type bericht niet: {type}.',
    en: 'We do not know this type of event: {type}.',
  },
  'unknown-client-number': {
    status: 422,
    nl: 'We kennen dit cliëntnummer niet bij jouw instelling.',
    en: 'We do not know this client number at your institution.',
  },
  'unknown-place-code': {
    status: 422,
    nl: 'We kennen deze plekcode niet bij jouw instelling.',
    en: 'We do not know this place code at your institution.',
  },
  'unknown-report': {
    status: 422,
    nl: 'Het bericht dat je intrekt is niet van jou, of niet verwerkt.',
    en: 'The event that you withdraw is not yours, or was not recorded.',
  },
  'batch-too-long': {
    status: 413,
    nl: 'Een bundel heeft hoogstens {max} berichten.',
    en: 'A batch has at most {max} events.',
  },
  'file-empty': { status: 422, nl: 'Dit bestand heeft geen regels.', en: 'This file has no rows.' },
  'file-encoding-unreadable': {
    status: 422,
    nl: 'De tekens in dit bestand zijn niet te lezen. Sla het op als CSV UTF-8 of als XLSX.',
    en: 'The characters in this file cannot be read. Save it as CSV UTF-8 or as XLSX.',
  },
  'file-format-unreadable': {
    status: 415,
    nl: 'Dit is geen CSV- of XLSX-bestand dat we kunnen lezen.',
    en: 'This is not a CSV or XLSX file that we can read.',
  },
  'file-too-many-rows': {
    status: 413,
    nl: 'Dit bestand heeft te veel regels. De grens is {max}.',
    en: 'This file has too many rows. The limit is {max}.',
  },
  'column-missing': {
    status: 422,
    nl: 'De kolom {column} ontbreekt.',
    en: 'The column {column} is missing.',
  },
  'column-unknown': {
    status: 422,
    nl: 'We kennen de kolom {column} niet.',
    en: 'We do not know the column {column}.',
  },
  'column-twice': {
    status: 422,
    nl: 'De kolom {column} staat er twee keer.',
    en: 'The column {column} is there twice.',
  },
  'row-columns-differ': {
    status: 422,
    nl: 'Deze regel heeft {actual} kolommen, de kop heeft er {expected}.',
    en: 'This row has {actual} columns, the header has {expected}.',
  },
  'cell-formula': {
    status: 422,
    nl: 'Hier staat een formule. Zet er een gewone waarde neer.',
    en: 'This is a formula. Put a plain value here.',
  },
  'header-missing': {
    status: 422,
    nl: 'De eerste regel heeft geen kolomnamen die we kennen. Gebruik de kolommen van het voorbeeldbestand.',
    en: 'The first row has no column names that we know. Use the columns of the template.',
  },
  'quotes-unbalanced': {
    status: 422,
    nl: 'Rond regel {row} klopt een aanhalingsteken niet.',
    en: 'Around row {row} a quotation mark is wrong.',
  },
  'file-incomplete': {
    status: 422,
    nl: 'Het bestand is niet heel aangekomen. Stuur het opnieuw.',
    en: 'The file did not arrive whole. Send it again.',
  },
  'file-unpacks-too-large': {
    status: 413,
    nl: 'Dit bestand wordt te groot als het wordt uitgepakt. De grens is {max}.',
    en: 'This file becomes too large when it is unpacked. The limit is {max}.',
  },
  'cell-date-form': {
    status: 422,
    nl: 'Schrijf de datum als dag-maand-jaar, bijvoorbeeld 1-3-2026.',
    en: 'Write the date as day-month-year, for example 1-3-2026.',
  },
  'place-in-other-cluster': {
    status: 422,
    nl: 'Deze plekcode hoort al bij een plek in een ander cluster. Gebruik een andere plekcode.',
    en: 'This place code belongs to a place in another cluster already. Use another place code.',
  },
  'place-lighter-than-client': {
    status: 422,
    nl: '{place} is lichter dan de zwaarte van de cliënt.',
    en: '{place} is lighter than the zwaarte of the client.',
  },
  'stay-ended-here': {
    status: 409,
    nl: 'Dit eindigde hier al op {date}, en in het bestand staat geen einddatum. Dat blijft zo.',
    en: 'This ended here on {date} already, and the file has no end date. It stays so.',
  },
  'import-not-previewed': {
    status: 409,
    nl: 'Dit bestand is nog niet gelezen, of is al verwerkt of afgebroken.',
    en: 'This file was not read yet, or was carried out or cancelled already.',
  },
  'import-not-cancellable': {
    status: 409,
    nl: 'Dit bestand wordt al verwerkt. Afbreken kan niet meer.',
    en: 'This file is being carried out already. It can no longer be cancelled.',
  },
  'import-content-deleted': {
    status: 409,
    nl: 'De inhoud van dit bestand is verwijderd. De aantallen staan er nog.',
    en: 'The content of this file was deleted. The counts are still there.',
  },
  'row-twice-in-file': {
    status: 422,
    nl: 'Deze regel staat ook op regel {row}.',
    en: 'This row is also on row {row}.',
  },
} as const satisfies Record<string, RefusalText>;
