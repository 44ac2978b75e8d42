import { describe, expect, it } from '@jest/globals';

import type { ClientFile } from '../../api/clients.js';
import { changesOf, contactCount, emptyContact, newClientOf, valuesOf, withoutContact } from './client-form.js';

const noor: ClientFile = {
  organisationId: 'o1',
  organisationName: 'De Haven',
  housing: 'housed',
  missing: [],
  mergedFrom: [],
  createdAt: '2026-01-01T10:00:00Z',
  updatedAt: '2026-01-01T10:00:00Z',
  clientId: 'c1',
  version: 3,
  name: 'Noor de Vries',
  givenNames: 'Noor',
  familyNamePrefix: 'de',
  familyName: 'Vries',
  birthDate: '2005-03-04',
  phone: '0612345678',
  zwaarte: 'medium',
  address: { street: 'Kruisstraat', houseNumber: '4', postcode: '1234 AB', city: 'Amsterdam' },
  contactPersons: [{ name: 'Els de Vries', relation: 'parent', phone: '0687654321' }],
};

describe('the client form', () => {
  it('sends nothing when nothing was changed', () => {
    expect(changesOf(noor, valuesOf(noor))).toEqual({});
  });

  it('sends what changed, and null for what was emptied', () => {
    const values = { ...valuesOf(noor), phone: ' ', 'address.city': 'Diemen', zwaarte: 'heavy' };
    expect(changesOf(noor, values)).toEqual({
      phone: null,
      zwaarte: 'heavy',
      address: { street: 'Kruisstraat', houseNumber: '4', postcode: '1234 AB', city: 'Diemen' },
    });
  });

  it('takes away an emptied address as a whole', () => {
    const empty = Object.fromEntries(
      Object.keys(valuesOf(noor))
        .filter((n) => n.startsWith('address.'))
        .map((n) => [n, '']),
    );
    expect(changesOf(noor, { ...valuesOf(noor), ...empty })).toEqual({ address: null });
  });

  it('adds a contact person and forgets one without a name', () => {
    const values = { ...valuesOf(noor), ...emptyContact(1), ...emptyContact(2), 'contactPersons[1].name': 'Jan' };
    expect(contactCount(values)).toBe(3);
    expect(changesOf(noor, values).contactPersons).toEqual([
      { name: 'Els de Vries', relation: 'parent', phone: '0687654321' },
      { name: 'Jan', relation: 'other' },
    ]);
  });

  it('moves the others up when one contact person goes', () => {
    const values = { ...valuesOf(noor), ...emptyContact(1), 'contactPersons[1].name': 'Jan' };
    const left = withoutContact(values, 0);
    expect(contactCount(left)).toBe(1);
    expect(changesOf(noor, left).contactPersons).toEqual([{ name: 'Jan', relation: 'other' }]);
  });

  it('makes a new client of only what was filled in, with a bare BSN', () => {
    const values = { ...valuesOf({}), familyName: ' Jansen ', bsn: '1112.22 333' };
    expect(newClientOf(values)).toEqual({ familyName: 'Jansen', bsn: '111222333' });
  });
});
