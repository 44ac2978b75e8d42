import { type CivilDate, isCivilDate } from '#calendar/civil-date.js';
import { searchTermsOf } from '../text-keys.js';
import { parseBsn, passesElevenTest } from './bsn.js';

/** What somebody typed into one search field, told apart. */
export interface SearchText {
  /** Beginnings of words of the name. */
  terms: string[];
  birthDate?: CivilDate;
  /** Nine digits. */
  bsn?: string;
}

const dutchDate = /^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})$/;
const bsnForm = /^\d{9}$|^\d{4}\.\d{2}\.\d{3}$/;

/** Tells names from a whole date of birth and from a BSN; a number that passes no test is taken as part of a name. */
export function readSearchText(text: string): SearchText {
  const found: SearchText = { terms: [] };
  const words: string[] = [];
  for (const part of text.split(/\s+/).filter((word) => word !== '')) {
    const date = dateIn(part);
    if (date !== undefined) found.birthDate = date;
    else if (bsnForm.test(part) && passesElevenTest(part.replaceAll('.', ''))) found.bsn = parseBsn(part);
    else words.push(part);
  }
  found.terms = searchTermsOf(words.join(' '));
  return found;
}

function dateIn(part: string): CivilDate | undefined {
  const [, day, month, year] = dutchDate.exec(part) ?? [];
  const written = day && month && year ? `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}` : part;
  return isCivilDate(written) ? written : undefined;
}
