import { zwaartes, contactRelations } from '#contracts/codes.js';

import type { ClientChanges, ClientFile, NewClient } from '../../api/clients.js';
import { oneOf } from '../../ui/use-filters.js';

/** Names are the paths of the fields in the request, so that the server's errors find their field. */
export type ClientFormValues = Record<string, string> & {
  givenNames: string;
  familyNamePrefix: string;
  familyName: string;
  birthDate: string;
  bsn: string;
  organisationId: string;
  phone: string;
  email: string;
  municipalityOfOrigin: string;
  language: string;
  zwaarte: string;
};

export const ADDRESS_FIELDS = ['street', 'houseNumber', 'houseNumberAddition', 'postcode', 'city'] as const;
const CONTACT_FIELDS = ['name', 'relation', 'phone', 'email'] as const;
export const MOST_CONTACTS = 5;

/** How many contact persons the form shows. */
export function contactCount(values: ClientFormValues): number {
  let count = 0;
  while (count < MOST_CONTACTS && values[`contactPersons[${count}].name`] !== undefined) count += 1;
  return count;
}

export function emptyContact(index: number): Record<string, string> {
  return Object.fromEntries(CONTACT_FIELDS.map((field) => [`contactPersons[${index}].${field}`, '']));
}

/** The same values without one contact person; the ones after it move up. */
export function withoutContact(values: ClientFormValues, removed: number): ClientFormValues {
  const next = { ...values };
  const last = contactCount(values) - 1;
  for (const field of CONTACT_FIELDS) {
    for (let index = removed; index < last; index++) {
      next[`contactPersons[${index}].${field}`] = values[`contactPersons[${index + 1}].${field}`] ?? '';
    }
  }
  const dropped = new Set(CONTACT_FIELDS.map((field) => `contactPersons[${last}].${field}`));
  return { ...Object.fromEntries(Object.entries(next).filter(([name]) => !dropped.has(name))), ...fixedFields(next) };
}

/** The fields that every form has, apart from the ones that come and go. */
function fixedFields(values: ClientFormValues): ClientFormValues {
  const { givenNames, familyNamePrefix, familyName, birthDate, bsn, organisationId } = values;
  const { phone, email, municipalityOfOrigin, language, zwaarte } = values;
  return {
    givenNames,
    familyNamePrefix,
    familyName,
    birthDate,
    bsn,
    organisationId,
    phone,
    email,
    municipalityOfOrigin,
    language,
    zwaarte,
  };
}

export function valuesOf(client: Partial<ClientFile>): ClientFormValues {
  const values: ClientFormValues = {
    givenNames: client.givenNames ?? '',
    familyNamePrefix: client.familyNamePrefix ?? '',
    familyName: client.familyName ?? '',
    birthDate: client.birthDate ?? '',
    bsn: '',
    organisationId: client.organisationId ?? '',
    phone: client.phone ?? '',
    email: client.email ?? '',
    municipalityOfOrigin: client.municipalityOfOrigin ?? '',
    language: client.language ?? '',
    zwaarte: client.zwaarte ?? '',
  };
  for (const field of ADDRESS_FIELDS) values[`address.${field}`] = client.address?.[field] ?? '';
  (client.contactPersons ?? []).forEach((person, index) => {
    for (const field of CONTACT_FIELDS) values[`contactPersons[${index}].${field}`] = person[field] ?? '';
  });
  return values;
}

/** Empty texts are left out: the server tells "not filled in" by absence. */
function filled(values: ClientFormValues, prefix: string, fields: readonly string[]): Record<string, string> {
  const entries = fields.map((field) => [field, (values[`${prefix}${field}`] ?? '').trim()] as const);
  return Object.fromEntries(entries.filter(([, value]) => value !== ''));
}

function addressOf(values: ClientFormValues): Exclude<NewClient['address'], undefined> {
  const address = filled(values, 'address.', ADDRESS_FIELDS);
  return Object.keys(address).length === 0 ? null : address;
}

function contactsOf(values: ClientFormValues): NonNullable<NewClient['contactPersons']> {
  return Array.from({ length: contactCount(values) }, (_, index) => {
    const { name = '', relation, ...rest } = filled(values, `contactPersons[${index}].`, CONTACT_FIELDS);
    return { name, relation: oneOf(contactRelations, relation) ?? 'other', ...rest };
  }).filter((person) => person.name !== '');
}

const TEXTS = [
  'givenNames',
  'familyNamePrefix',
  'birthDate',
  'phone',
  'email',
  'municipalityOfOrigin',
  'language',
] as const;

function textsOf(values: ClientFormValues): ClientChanges {
  return Object.fromEntries(TEXTS.map((field) => [field, values[field].trim() === '' ? null : values[field].trim()]));
}

/** Body of the request that makes a client: only what was filled in. */
export function newClientOf(values: ClientFormValues): NewClient {
  const texts = Object.entries(textsOf(values)).filter(([, value]) => value !== null);
  const address = addressOf(values);
  const zwaarte = oneOf(zwaartes, values.zwaarte);
  const contactPersons = contactsOf(values);
  return {
    ...Object.fromEntries(texts),
    familyName: values.familyName.trim(),
    ...(values.bsn.trim() === '' ? {} : { bsn: values.bsn.replaceAll(/[\s.]/g, '') }),
    ...(values.organisationId === '' ? {} : { organisationId: values.organisationId }),
    ...(address === null ? {} : { address }),
    ...(zwaarte === undefined ? {} : { zwaarte }),
    ...(contactPersons.length === 0 ? {} : { contactPersons }),
  };
}

/** Body of the request that changes a client: only what is different; null takes a value away. */
export function changesOf(client: ClientFile, values: ClientFormValues): ClientChanges {
  const before = valuesOf(client);
  const differs = (prefix: string): boolean => {
    const names = new Set([...Object.keys(before), ...Object.keys(values)].filter((name) => name.startsWith(prefix)));
    return [...names].some((name) => (before[name] ?? '') !== (values[name] ?? ''));
  };
  const changes: ClientChanges = Object.fromEntries(
    Object.entries(textsOf(values)).filter(([field]) => differs(field)),
  );
  if (before.familyName !== values.familyName) changes.familyName = values.familyName.trim();
  if (values.bsn.trim() !== '') changes.bsn = values.bsn.replaceAll(/[\s.]/g, '');
  if (before.zwaarte !== values.zwaarte) changes.zwaarte = oneOf(zwaartes, values.zwaarte) ?? null;
  if (differs('address.')) changes.address = addressOf(values);
  if (differs('contactPersons[')) changes.contactPersons = contactsOf(values);
  return changes;
}
