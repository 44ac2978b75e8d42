import {
  departureDestinationLabels,
  departureReasonLabels,
  fundingFrameLabels,
  type Label,
  leaveReasonLabels,
  placeKindLabels,
  zwaarteLabels,
} from '../code-labels.js';
import { dateColumn, type ImportColumn, importColumn as column } from '../imports/import-columns.js';
import type { ImportKind } from '../imports/imports.js';

/** What a row of stays is about. */
export const stayRowLabels = {
  verblijf: { nl: 'Verblijf', en: 'Stay' },
  reservering: { nl: 'Reservering', en: 'Reservation' },
  verlof: { nl: 'Verlof', en: 'Leave' },
} as const satisfies Record<string, Label>;
export type StayRowKind = keyof typeof stayRowLabels;

const required = true;

/** The columns of each kind of file, in the order of the template. In a file they may be in any order. */
export const importColumns: Readonly<Record<ImportKind<'registration'>, readonly ImportColumn[]>> = {
  places: [
    column('instelling', 'Naam van de instelling', 'Name of the institution', 'Stichting De Haven', { required }),
    column('locatie', 'Naam van de locatie', 'Name of the location', 'Molenweg 40', { required }),
    column('cluster', 'Naam van het cluster', 'Name of the cluster', 'Molenhof', { required }),
    column('plekcode', 'Eigen code van de plek', 'Own code of the place', 'HVM-01', { required, max: 60 }),
    column('pleknaam', 'Naam van de plek', 'Name of the place', 'Kamer 1', { required }),
    column('soort', 'Soort plek', 'Kind of place', 'Begeleid wonen', { required, values: placeKindLabels }),
    column('zwaarte', 'Zwaarte van de plek', 'Zwaarte of the place', 'Licht', { required, values: zwaarteLabels }),
    column('financiering', 'Financiering', 'Funding', 'Binnen de gesubsidieerde keten', {
      required,
      values: fundingFrameLabels,
    }),
    dateColumn('open_vanaf', 'Eerste dag open', 'First day open', '1-1-2026'),
    dateColumn('gesloten_vanaf', 'Eerste dag gesloten', 'First day closed', ''),
  ],
  clients: [
    column('clientnummer', 'Eigen nummer van de cliënt', 'Own number of the client', 'HV-1001', { required, max: 60 }),
    column('voornamen', 'Voornamen', 'Given names', 'Sanne'),
    column('tussenvoegsel', 'Tussenvoegsel', 'Prefix of the family name', 'van der', { max: 20 }),
    column('achternaam', 'Achternaam', 'Family name', 'Meer', { required }),
    dateColumn('geboortedatum', 'Geboortedatum', 'Date of birth', '29-2-2004'),
    column('bsn', 'BSN, 9 cijfers', 'BSN, 9 digits', '', { max: 20 }),
    column('straat', 'Straat', 'Street', 'Kruisstraat'),
    column('huisnummer', 'Huisnummer', 'House number', '12', { max: 10 }),
    column('toevoeging', 'Toevoeging bij het huisnummer', 'Addition to the house number', 'A', { max: 10 }),
    column('postcode', 'Postcode', 'Postcode', '1400 AB', { max: 12 }),
    column('woonplaats', 'Woonplaats', 'Town', 'Waterstad', { max: 80 }),
    column('telefoon', 'Telefoon', 'Phone', '06 12345678', { max: 30 }),
    column('email', 'E-mail', 'E-mail', '', { max: 254 }),
    column('gemeente_van_herkomst', 'Gemeente van herkomst', 'Municipality of origin', 'Waterstad', { max: 80 }),
    column('taal', 'Taal als code: nl, ar, ti', 'Language as a code: nl, ar, ti', 'nl', { max: 35 }),
    column('zwaarte', 'Zwaarte van de cliënt', 'Zwaarte of the client', 'Midden', { values: zwaarteLabels }),
  ],
  stays: [
    column('regelnummer', 'Eigen nummer van de regel', 'Own number of the line', 'HV-V0001', { required, max: 60 }),
    column('clientnummer', 'Eigen nummer van de cliënt', 'Own number of the client', 'HV-1001', { required, max: 60 }),
    column('plekcode', 'Code van de plek; leeg bij verlof', 'Code of the place; empty for leave', 'HVM-01', {
      required,
      max: 60,
    }),
    column('soort', 'Soort regel', 'Kind of line', 'verblijf', { required, values: stayRowLabels }),
    dateColumn('van', 'Eerste dag', 'First day', '1-3-2026', { required }),
    dateColumn('tot', 'Dag van vertrek of terugkomst; leeg als die er nog niet is', 'Day of leaving or return', '', {
      required,
    }),
    column('verlofreden', 'Reden van verlof', 'Reason for leave', '', { values: leaveReasonLabels }),
    column('vertrekreden', 'Reden van vertrek', 'Reason for leaving', '', { values: departureReasonLabels }),
    column('bestemming', 'Waar de cliënt heen ging', 'Where the client went', '', {
      values: departureDestinationLabels,
    }),
  ],
};
