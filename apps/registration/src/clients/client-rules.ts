import { addYears } from '#calendar/civil-date.js';
import type { CivilDate } from '#calendar/civil-date.js';
import { Refusal } from '#contracts/refusal.js';
import { isName } from '../name-rules.js';
import { comparable } from '../text-keys.js';
import { bsnDigits } from './bsn.js';
import type { ClientRecord } from './client.schema.js';

/** Rules of a client record that need more than the form of one field (domain.md §3, Client). */

/** Nobody in the chain is older; a year typed wrong is. */
export const greatestAgeInYears = 120;

/** What the rules need to know besides the record. */
export interface ClientContext {
  readonly today: CivilDate;
  /** First day of the client's earliest stay; a birth date may not be after it. */
  readonly firstStayFrom?: CivilDate | undefined;
  /** The BSN that is given with the record: kept apart from it, but judged together. */
  readonly bsn?: string | null | undefined;
}

/**
 * Checks a record as a whole and gives it as it is stored: no spaces around, postcode as `1234 AB`, empty texts absent.
 * @throws Refusal of the one thing that is wrong, or `invalid-input` with a problem per field
 */
export function checkedClient(record: ClientRecord, context: ClientContext): ClientRecord {
  const client = tidied(record);
  const refusals = [
    ...nameRefusals(client),
    ...birthDateRefusals(client.birthDate, context),
    ...bsnRefusals(context.bsn),
    ...postcodeRefusals(client),
    ...reachRefusals(client),
  ];
  const [first, ...more] = refusals;
  if (first === undefined) return client;
  throw more.length === 0 ? first : Refusal.ofFields(refusals.flatMap(({ fields }) => fields));
}

function nameRefusals({ familyName, contactPersons }: ClientRecord): Refusal[] {
  const withoutLetters = (field: string) => Refusal.of('name-without-letters', { fields: [field] });
  const people = contactPersons.flatMap(({ name }, index) =>
    isName(name) ? [] : [withoutLetters(`contactPersons[${String(index)}].name`)],
  );
  if (familyName === '') return [Refusal.of('name-required', { fields: ['familyName'] }), ...people];
  return isName(familyName) ? people : [withoutLetters('familyName'), ...people];
}

function birthDateRefusals(birthDate: CivilDate | undefined, { today, firstStayFrom }: ClientContext): Refusal[] {
  const fields = ['birthDate'];
  if (birthDate === undefined) return [];
  if (birthDate > today) return [Refusal.of('birth-date-in-future', { fields })];
  if (birthDate < addYears(today, -greatestAgeInYears)) {
    return [Refusal.of('birth-date-too-old', { params: { years: greatestAgeInYears }, fields })];
  }
  if (firstStayFrom === undefined || birthDate <= firstStayFrom) return [];
  return [Refusal.of('birth-date-after-stay', { params: { date: firstStayFrom }, fields })];
}

function bsnRefusals(bsn: string | null | undefined): Refusal[] {
  if (!bsn || bsnDigits(bsn) !== undefined) return [];
  return [Refusal.of('bsn-invalid', { fields: ['bsn'] })];
}

// Dutch postcodes: no leading zero, and never the letters SA, SD and SS.
const postcodeForm = /^[1-9]\d{3} (?!SA|SD|SS)[A-Z]{2}$/;
const emailForm = /^[^\s@]+@[^\s@.]+(\.[^\s@.]+)+$/;
const phoneForm = /^\+?\d{8,15}$/;

function postcodeRefusals({ address }: ClientRecord): Refusal[] {
  const postcode = address?.postcode;
  if (postcode === undefined || postcodeForm.test(postcode)) return [];
  return [Refusal.of('postcode-invalid', { fields: ['address.postcode'] })];
}

/** Ways to reach the client and the contact persons. */
function reachRefusals(client: ClientRecord): Refusal[] {
  const people = client.contactPersons.map((person, index) => ({ person, path: `contactPersons[${String(index)}].` }));
  return [{ person: client, path: '' }, ...people].flatMap(({ person: { email, phone }, path }) => [
    ...(email === undefined || emailForm.test(email)
      ? []
      : [Refusal.of('email-invalid', { fields: [`${path}email`] })]),
    ...(phone === undefined || phoneForm.test(phone.replaceAll(/[\s().-]/g, ''))
      ? []
      : [Refusal.of('phone-invalid', { fields: [`${path}phone`] })]),
  ]);
}

/** The record without spaces around texts; what is empty is left out. */
function tidied(record: ClientRecord): ClientRecord {
  const { birthDate, zwaarte, address, contactPersons } = record;
  const tidyAddress = {
    ...text('street', address?.street),
    ...text('houseNumber', address?.houseNumber),
    ...text('houseNumberAddition', address?.houseNumberAddition),
    ...text('postcode', tidyPostcode(address?.postcode)),
    ...text('city', address?.city),
  };
  return {
    ...text('givenNames', record.givenNames),
    ...text('familyNamePrefix', record.familyNamePrefix),
    familyName: record.familyName.trim(),
    ...(birthDate === undefined ? {} : { birthDate }),
    ...(Object.keys(tidyAddress).length === 0 ? {} : { address: tidyAddress }),
    ...text('phone', record.phone),
    ...text('email', record.email),
    ...text('municipalityOfOrigin', record.municipalityOfOrigin),
    ...text('language', record.language),
    ...(zwaarte === undefined ? {} : { zwaarte }),
    contactPersons: contactPersons.map(({ name, relation, phone, email }) => ({
      name: name.trim(),
      relation,
      ...text('phone', phone),
      ...text('email', email),
    })),
  };
}

function text<Key extends string>(key: Key, value: string | undefined): Partial<Record<Key, string>> {
  const trimmed = value?.trim() ?? '';
  const field: Partial<Record<string, string>> = trimmed === '' ? {} : { [key]: trimmed };
  return field;
}

function tidyPostcode(postcode: string | undefined): string | undefined {
  const tight = postcode?.replaceAll(/\s/g, '').toUpperCase();
  return tight?.length === 6 ? `${tight.slice(0, 4)} ${tight.slice(4)}` : postcode;
}

/** A record as far as merging is concerned. */
export interface MergeSide {
  readonly clientId: string;
  readonly details: ClientRecord;
  readonly bsnHash?: string | undefined;
  readonly isMergedAway: boolean;
}

/**
 * Whether one record may be merged into another. That their stays do not overlap is checked by the housing ledger
 * (`merge-overlap`).
 * @throws Refusal `merge-same-client`, `already-merged`, `merge-different-bsn`
 */
export function checkMerge(from: MergeSide, into: MergeSide): void {
  if (from.clientId === into.clientId) throw Refusal.of('merge-same-client', { fields: ['intoClientId'] });
  if (from.isMergedAway) throw Refusal.of('already-merged', { fields: ['clientId'] });
  if (into.isMergedAway) throw Refusal.of('already-merged', { fields: ['intoClientId'] });
  if (from.bsnHash !== undefined && into.bsnHash !== undefined && from.bsnHash !== into.bsnHash) {
    throw Refusal.of('merge-different-bsn', { fields: ['intoClientId'] });
  }
}

/**
 * The details of the record that goes on: its own win, gaps are filled from the other, an address is taken as a whole,
 * and contact persons of both are kept once. Both records keep their own versions, so nothing is lost.
 */
export function mergedDetails(from: ClientRecord, into: ClientRecord): ClientRecord {
  const known = new Set(into.contactPersons.map(contactKey));
  const added = from.contactPersons.filter((person) => !known.has(contactKey(person)));
  return { ...from, ...into, contactPersons: [...into.contactPersons, ...added] };
}

function contactKey({ name, phone, email }: ClientRecord['contactPersons'][number]): string {
  return `${comparable(name)}|${(phone ?? '').replaceAll(/\D/g, '')}|${(email ?? '').toLowerCase()}`;
}
