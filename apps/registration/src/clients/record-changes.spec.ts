import { describe, expect, it } from '@jest/globals';
import { parseCivilDate } from '#calendar/civil-date.js';
import { mergedDetails } from './client-rules.js';
import type { ClientRecord } from './client.schema.js';
import { changesBetween, fieldsOf, withInput, withoutMerge } from './record-changes.js';

const noor: ClientRecord = {
  givenNames: 'Noor',
  familyName: 'Wit',
  birthDate: parseCivilDate('2001-03-01'),
  address: { street: 'Kade', houseNumber: '1' },
  contactPersons: [{ name: 'Ma', relation: 'parent', phone: '0612345678' }],
};

describe('a change of a record', () => {
  it('leaves what is absent and takes away what is null', () => {
    expect(withInput(noor, { givenNames: null, phone: '0687654321' })).toEqual({
      familyName: 'Wit',
      birthDate: '2001-03-01',
      address: { street: 'Kade', houseNumber: '1' },
      phone: '0687654321',
      contactPersons: noor.contactPersons,
    });
  });

  it('replaces the address and the contact persons as a whole', () => {
    const changed = withInput(noor, { address: { city: 'Stad', street: null }, contactPersons: null });
    expect(changed.address).toEqual({ city: 'Stad' });
    expect(changed.contactPersons).toEqual([]);
    expect(withInput(noor, { address: null }).address).toBeUndefined();
  });

  it('is told by field, with both sides where there are two', () => {
    const after = withInput(noor, { address: { street: 'Kade', houseNumber: '2' }, phone: '1', contactPersons: [] });
    const changes = changesBetween(noor, after);
    expect(changes).toEqual(
      expect.arrayContaining([
        { field: 'address.houseNumber', before: '1', after: '2' },
        { field: 'phone', after: '1' },
        { field: 'contactPersons[0].name', before: 'Ma' },
      ]),
    );
    expect(fieldsOf(changes).sort()).toEqual(['address.houseNumber', 'contactPersons', 'phone']);
    expect(changesBetween(noor, noor)).toEqual([]);
  });
});

describe('taking back a merge', () => {
  const into: ClientRecord = { familyName: 'de Wit', phone: '1', contactPersons: [] };
  const merged = mergedDetails(noor, into);

  it('gives the record as it was before', () => {
    expect(merged).toMatchObject({ familyName: 'de Wit', givenNames: 'Noor', phone: '1' });
    expect(withoutMerge(into, merged, merged)).toEqual(into);
  });

  it('keeps what was changed since', () => {
    const current = { ...merged, givenNames: 'Noortje', familyName: 'van Wit' };
    const other = { name: 'Oom', relation: 'family' as const };
    expect(withoutMerge(into, merged, { ...current, contactPersons: [...current.contactPersons, other] })).toEqual({
      ...into,
      familyName: 'van Wit',
      givenNames: 'Noortje',
      contactPersons: [other],
    });
  });
});
