import { distance } from 'fastest-levenshtein';
import type { DuplicateReason } from '#contracts/codes.js';
import { comparable, wordsOf } from '../text-keys.js';

/** What two records are compared on; all but the family name may be missing. */
export interface PersonTraits {
  readonly givenNames?: string | undefined;
  readonly familyNamePrefix?: string | undefined;
  readonly familyName: string;
  readonly birthDate?: string | undefined;
  readonly address?:
    | {
        readonly street?: string | undefined;
        readonly houseNumber?: string | undefined;
        readonly postcode?: string | undefined;
        readonly city?: string | undefined;
      }
    | undefined;
  /** Keyed hash: equality is all that it tells. */
  readonly bsnHash?: string | undefined;
}

/** How likely two records are of one person: 0 (no sign of it) to 100 (certain), and on which grounds. */
export interface DuplicateScore {
  readonly score: number;
  readonly reasons: readonly DuplicateReason[];
}

/** From this score on a record is shown as a possible duplicate before registration. */
export const duplicateThreshold = 60;

// A name alone does not reach the threshold, nor a date of birth alone: many people share one of them.
const weight = { name: 50, birth: 40, address: 15 };
const leastNameLikeness = 0.7;
// Two known and different BSNs are two people, unless one was typed wrong; never worth more than a look.
const mostWithDifferentBsn = 40;

/** Words that belong before a Dutch family name, and those of the languages that clients often bring. */
const prefixes = new Set(
  [
    'van',
    'de',
    'der',
    'den',
    'het',
    't',
    'ter',
    'te',
    'ten',
    'in',
    'op',
    'aan',
    'bij',
    'uit',
    'voor',
    'over',
    'onder',
  ].concat(['el', 'al', 'ben', 'bin', 'da', 'di', 'dos', 'du', 'la', 'le', 'von', 'zu']),
);

/** Compares two records (domain.md §3 "possible duplicates"). The order of the two does not matter. */
export function duplicateScore(a: PersonTraits, b: PersonTraits): DuplicateScore {
  if (a.bsnHash !== undefined && a.bsnHash === b.bsnHash) return { score: 100, reasons: ['same-bsn'] };
  const name = compareNames(a, b);
  const birth = compareBirthDates(a.birthDate, b.birthDate);
  const address = sameAddress(a, b);
  const reasons = [...name.reasons, ...birth.reasons, ...(address ? (['same-address'] as const) : [])];
  const total = weight.name * name.likeness + weight.birth * birth.likeness + (address ? weight.address : 0);
  const differentBsn = a.bsnHash !== undefined && b.bsnHash !== undefined;
  const score = Math.min(Math.max(Math.round(total), 0), differentBsn ? mostWithDifferentBsn : 99);
  return { score, reasons };
}

/** The records that may be of the same person, most likely first. */
export function possibleDuplicates<T extends PersonTraits>(
  person: PersonTraits,
  others: readonly T[],
  threshold = duplicateThreshold,
): { readonly other: T; readonly score: number; readonly reasons: readonly DuplicateReason[] }[] {
  return others
    .map((other) => ({ other, ...duplicateScore(person, other) }))
    .filter(({ score }) => score >= threshold)
    .sort((first, second) => second.score - first.score);
}

interface Likeness {
  /** 0 to 1; below zero speaks against. */
  readonly likeness: number;
  readonly reasons: readonly DuplicateReason[];
}

function compareNames(a: PersonTraits, b: PersonTraits): Likeness {
  const [familyA, familyB] = [familyNameOf(a), familyNameOf(b)];
  const [givenA, givenB] = [wordsOf(a.givenNames ?? ''), wordsOf(b.givenNames ?? '')];
  const family = familyLikeness(familyA, familyB);
  const given = givenLikeness(givenA, givenB);
  // Given names weigh most where family names are alike, so that brothers and sisters are told apart.
  const straight = family < leastNameLikeness ? 0 : family * (0.3 + 0.7 * given.likeness);
  const swapped = Math.min(familyLikeness(familyA, givenB.join(' ')), familyLikeness(givenA.join(' '), familyB));
  if (swapped >= leastNameLikeness && swapped > straight)
    return { likeness: 0.9 * swapped, reasons: ['names-swapped'] };
  if (straight === 1) return { likeness: 1, reasons: ['same-name'] };
  const reasons: DuplicateReason[] = straight > leastNameLikeness ? ['similar-name'] : [];
  if (straight > 0 && given.byInitials) reasons.push('same-initials');
  return { likeness: straight, reasons };
}

/** The family name without prefixes, wherever they were written: "Berg, van de" and "van de Berg" are the same. */
function familyNameOf({ familyName }: PersonTraits): string {
  const words = wordsOf(familyName);
  const bare = words.filter((word) => !prefixes.has(word));
  return (bare.length === 0 ? words : bare).join(' ');
}

/** Double names may be written by one half: "Jansen-Bakker" and "Bakker". */
function familyLikeness(a: string, b: string): number {
  if (a === '' || b === '') return 0;
  const parts = a.split(' ').flatMap((one) => b.split(' ').map((other) => textLikeness(one, other)));
  const isDouble = a.includes(' ') || b.includes(' ');
  return Math.max(textLikeness(a, b), isDouble ? 0.9 * Math.max(...parts) : 0);
}

/** First given names; an initial is like every name that starts with it; a missing name says nothing. */
function givenLikeness(a: readonly string[], b: readonly string[]): { likeness: number; byInitials: boolean } {
  const [first] = a;
  const [second] = b;
  if (first === undefined || second === undefined) return { likeness: 0.5, byInitials: false };
  const initialsOnly = first.length === 1 || second.length === 1;
  if (initialsOnly) {
    const same = first.charAt(0) === second.charAt(0);
    return { likeness: same ? 0.8 : 0, byInitials: same };
  }
  const shared = a.some((name) => name.length > 1 && b.includes(name));
  return { likeness: first === second ? 1 : shared ? 0.9 : textLikeness(first, second), byInitials: false };
}

function textLikeness(a: string, b: string): number {
  return 1 - distance(a, b) / Math.max(a.length, b.length, 1);
}

/** Dates as people mistype them: day and month exchanged, one digit wrong. A really different date speaks against. */
function compareBirthDates(a: string | undefined, b: string | undefined): Likeness {
  if (a === undefined || b === undefined) return { likeness: 0, reasons: [] };
  if (a === b) return { likeness: 1, reasons: ['same-birth-date'] };
  const [year, month, day] = a.split('-');
  if (b === [year, day, month].join('-')) return { likeness: 0.8, reasons: ['birth-day-month-swapped'] };
  if (oneDigitLeftOut(a).some((key) => oneDigitLeftOut(b).includes(key)))
    return { likeness: 0.6, reasons: ['birth-date-one-digit-off'] };
  return { likeness: -0.5, reasons: [] };
}

function sameAddress(a: PersonTraits, b: PersonTraits): boolean {
  const keys = addressKeys(a);
  return addressKeys(b).some((key) => keys.includes(key));
}

/** The address by postcode and number, and by street, number and city: either may be missing. */
function addressKeys({ address }: PersonTraits): string[] {
  const number = comparable(address?.houseNumber ?? '');
  if (address === undefined || number === '') return [];
  const postcode = comparable(address.postcode ?? '').replaceAll(' ', '');
  const [street, city] = [comparable(address.street ?? ''), comparable(address.city ?? '')];
  return [
    ...(postcode === '' ? [] : [`home:${postcode}:${number}`]),
    ...(street === '' || city === '' ? [] : [`home:${street}:${number}:${city}`]),
  ];
}

/**
 * Coarse keys for an index: two records that score above the threshold share at least one, so that only those few are
 * compared. A name alone never reaches it, so names give no key. A key with one digit of the date of birth left out
 * meets every date that differs there alone.
 */
export function duplicateKeys(person: PersonTraits): string[] {
  const keys = new Set(addressKeys(person));
  if (person.bsnHash !== undefined) keys.add(`bsn:${person.bsnHash}`);
  const { birthDate } = person;
  if (birthDate !== undefined) {
    const [year = '', month = '', day = ''] = birthDate.split('-');
    keys.add(`born:${year}:${[month, day].sort().join(':')}`);
    for (const key of oneDigitLeftOut(birthDate)) keys.add(`born:${key}`);
  }
  return [...keys];
}

/** The date eight times, each time with another digit left out. */
function oneDigitLeftOut(date: string): string[] {
  return [0, 1, 2, 3, 5, 6, 8, 9].map((index) => `${date.slice(0, index)}_${date.slice(index + 1)}`);
}
