import { describe, expect, it } from '@jest/globals';
import { parseCivilDate } from '#calendar/civil-date.js';
import type { Stay } from '../stays/housing-types.js';
import type { ClientRecord } from './client.schema.js';
import { isRegistered, missingOf, qualityChecks } from './data-quality.js';

const d = parseCivilDate;
const today = d('2026-06-15');
const stay: Stay = {
  stayId: 's',
  placeId: 'A',
  clusterId: 'c',
  organisationId: 'o',
  from: d('2026-01-01'),
  reserved: false,
  leaves: [],
};
const complete: ClientRecord = {
  givenNames: 'Noor',
  familyName: 'Berg',
  birthDate: d('2004-03-12'),
  phone: '0612345678',
  municipalityOfOrigin: 'Utrecht',
  zwaarte: 'light',
  contactPersons: [],
};
const missing = (details: ClientRecord, stays: readonly Stay[]) => missingOf({ details, stays, today });

describe('data quality', () => {
  it('finds nothing missing of a complete record', () => {
    expect(missing(complete, [stay])).toEqual([]);
    expect(isRegistered([])).toBe(true);
  });

  it('names all that an empty record misses', () => {
    const found = missing({ familyName: 'Berg', contactPersons: [] }, []);
    expect(found).toEqual(['name', 'birth-date', 'address', 'contact', 'stay', 'municipality-of-origin', 'zwaarte']);
    expect(isRegistered(found)).toBe(false);
    expect(isRegistered(['zwaarte', 'municipality-of-origin'])).toBe(true);
  });

  it('asks an address only of who stays nowhere', () => {
    const left = {
      ...stay,
      until: d('2026-02-01'),
      end: { kind: 'departure', reason: 'other', destination: 'family' },
    } as const;
    expect(missing(complete, [left])).toEqual(['address']);
    expect(missing({ ...complete, address: { houseNumber: '4', postcode: '3512 AB' } }, [left])).toEqual([]);
    expect(missing({ ...complete, address: { street: 'Kruisstraat', houseNumber: '4' } }, [left])).toEqual(['address']);
  });

  it('takes a contact person for contact', () => {
    const { phone: _phone, ...silent } = complete;
    expect(missing(silent, [stay])).toEqual(['contact']);
    const contactPersons = [{ name: 'Sem', relation: 'parent' as const, email: 'sem@example.nl' }];
    expect(missing({ ...silent, contactPersons }, [stay])).toEqual([]);
  });

  it('asks why a stay ended, unless the client went on to the next one', () => {
    const ended: Stay = { ...stay, until: d('2026-02-01'), end: { kind: 'agreed' } };
    const next: Stay = { ...stay, stayId: 't', from: d('2026-02-01') };
    expect(missing(complete, [ended, { ...next, from: d('2026-03-01') }])).toEqual(['departure-data']);
    expect(missing(complete, [ended, next])).toEqual([]);
    expect(missing(complete, [{ ...ended, until: d('2026-07-01') }])).toEqual([]);
  });

  it('notices a planned move that nobody confirmed, and a client who should be back', () => {
    const planned: Stay = { ...stay, stayId: 't', placeId: 'B', from: d('2026-06-10'), reserved: true };
    const leaving: Stay = { ...stay, until: planned.from, end: { kind: 'move', toStayId: 't' } };
    expect(missing(complete, [leaving, planned])).toEqual(['reservation-due']);
    const away = { leaveId: 'l', from: d('2026-06-01'), expectedUntil: today, reason: 'holiday' as const };
    expect(missing(complete, [{ ...stay, leaves: [away] }])).toEqual(['return-overdue']);
    expect(missing(complete, [{ ...stay, leaves: [{ ...away, until: d('2026-06-14') }] }])).toEqual([]);
  });

  it('takes further checks from other capabilities', () => {
    const extra = { code: 'zwaarte', neededToBeRegistered: true, isMissing: () => true } as const;
    expect(missingOf({ details: complete, stays: [stay], today }, [...qualityChecks, extra])).toEqual(['zwaarte']);
  });
});
