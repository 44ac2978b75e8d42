import type { ClientDetailsInput } from '#contracts/registration/client-shapes.js';
import { withoutNothing } from '../without-nothing.js';
import type { ClientRecord } from './client.schema.js';

/** How a record is entered, changed and compared. Pure. */

/** A record with what was entered: an absent field stays as it was, `null` takes it away. */
export function withInput(
  current: ClientRecord,
  input: Omit<ClientDetailsInput, 'bsn'> & { familyName?: string },
): ClientRecord {
  const { contactPersons } = input;
  return withoutNothing<ClientRecord>({
    familyName: input.familyName ?? current.familyName,
    givenNames: changed(input.givenNames, current.givenNames),
    familyNamePrefix: changed(input.familyNamePrefix, current.familyNamePrefix),
    birthDate: changed(input.birthDate, current.birthDate),
    address: input.address ? known(input.address) : changed(input.address, current.address),
    phone: changed(input.phone, current.phone),
    email: changed(input.email, current.email),
    municipalityOfOrigin: changed(input.municipalityOfOrigin, current.municipalityOfOrigin),
    language: changed(input.language, current.language),
    zwaarte: changed(input.zwaarte, current.zwaarte),
    contactPersons:
      contactPersons === undefined ? current.contactPersons : (contactPersons ?? []).map((person) => known(person)),
  });
}

function changed<T>(input: T | null | undefined, current: T | undefined): T | undefined {
  return input === undefined ? current : (input ?? undefined);
}

type Known<T> = { [Key in keyof T]: Exclude<T[Key], null> };

/** The same object without the fields that are null. */
function known<T extends object>(input: T): Known<T> {
  return Object.fromEntries(Object.entries(input).filter(([, value]) => value !== null)) as Known<T>;
}

/** One field that differs between two versions, named as in JSON: `address.postcode`, `contactPersons[0].phone`. */
export interface FieldChange {
  field: string;
  before?: string;
  after?: string;
}

/** What became different, in the order of the fields; what came or went has one side only. */
export function changesBetween(before: ClientRecord | undefined, after: ClientRecord): FieldChange[] {
  const [was, is] = [flat(before ?? {}), flat(after)];
  return [...new Set([...was.keys(), ...is.keys()])]
    .filter((field) => was.get(field) !== is.get(field))
    .map((field) => withoutNothing<FieldChange>({ field, before: was.get(field), after: is.get(field) }));
}

/** Names of the fields that became different, for facts and logs: without values, and without the place in a list. */
export function fieldsOf(changes: readonly FieldChange[]): string[] {
  return [...new Set(changes.map(({ field }) => field.replace(/\[.*$/, '')))];
}

function flat(value: object, path = ''): Map<string, string> {
  const fields = new Map<string, string>();
  for (const [key, part] of Object.entries(value)) {
    const field = Array.isArray(value) ? `${path}[${key}]` : path === '' ? key : `${path}.${key}`;
    if (isObject(part)) for (const [inner, text] of flat(part, field)) fields.set(inner, text);
    else if (part !== undefined) fields.set(field, String(part));
  }
  return fields;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

/**
 * Takes back what a merge added to the record that went on, where nobody changed it since.
 * @param before the record before the merge; @param merged as the merge left it; @param current as it is now
 */
export function withoutMerge(before: ClientRecord, merged: ClientRecord, current: ClientRecord): ClientRecord {
  const own = new Set(before.contactPersons.map((person) => JSON.stringify(person)));
  const added = new Set(
    merged.contactPersons.map((person) => JSON.stringify(person)).filter((person) => !own.has(person)),
  );
  const kept = <Key extends Exclude<keyof ClientRecord, 'familyName' | 'contactPersons'>>(key: Key) =>
    before[key] === undefined && same(merged[key], current[key]) ? undefined : current[key];
  return withoutNothing<ClientRecord>({
    familyName: current.familyName,
    givenNames: kept('givenNames'),
    familyNamePrefix: kept('familyNamePrefix'),
    birthDate: kept('birthDate'),
    address: kept('address'),
    phone: kept('phone'),
    email: kept('email'),
    municipalityOfOrigin: kept('municipalityOfOrigin'),
    language: kept('language'),
    zwaarte: kept('zwaarte'),
    contactPersons: current.contactPersons.filter((person) => !added.has(JSON.stringify(person))),
  });
}

function same(a: ClientRecord[keyof ClientRecord], b: ClientRecord[keyof ClientRecord]): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
