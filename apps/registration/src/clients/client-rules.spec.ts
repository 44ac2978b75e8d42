import { describe, expect, it } from '@jest/globals';
import { parseCivilDate } from '#calendar/civil-date.js';
import { Refusal } from '#contracts/refusal.js';
import { checkMerge, checkedClient, mergedDetails } from './client-rules.js';
import type { ClientRecord } from './client.schema.js';

const d = parseCivilDate;
const today = d('2026-06-15');
const noor: ClientRecord = { familyName: 'Berg', contactPersons: [] };

function refusalOf(action: () => unknown): Refusal {
  try {
    action();
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
  throw new Error('accepted');
}

const refused = (over: Partial<ClientRecord>, firstStayFrom = d('2026-01-01')) =>
  refusalOf(() => checkedClient({ ...noor, ...over }, { today, firstStayFrom }));

describe('a client record', () => {
  it('is stored tidy', () => {
    const record = {
      ...noor,
      givenNames: ' Noor ',
      familyNamePrefix: '  ',
      birthDate: d('2004-02-29'),
      address: { street: 'Kruisstraat', houseNumber: '4', postcode: '3512ab' },
      phone: '+31 (0)6-1234 5678',
      contactPersons: [{ name: ' Sem ', relation: 'parent' as const, email: '' }],
    };
    expect(checkedClient(record, { today })).toEqual({
      givenNames: 'Noor',
      familyName: 'Berg',
      birthDate: '2004-02-29',
      address: { street: 'Kruisstraat', houseNumber: '4', postcode: '3512 AB' },
      phone: '+31 (0)6-1234 5678',
      contactPersons: [{ name: 'Sem', relation: 'parent' }],
    });
    expect(checkedClient({ ...noor, address: { city: ' ' } }, { today })).toEqual(noor);
  });

  it.each<[string, Partial<ClientRecord>, string]>([
    ['name-required', { familyName: ' ' }, 'familyName'],
    ['birth-date-in-future', { birthDate: d('2026-06-16') }, 'birthDate'],
    ['birth-date-too-old', { birthDate: d('1906-06-14') }, 'birthDate'],
    ['birth-date-after-stay', { birthDate: d('2026-01-02') }, 'birthDate'],
    ['postcode-invalid', { address: { postcode: '0512 AB' } }, 'address.postcode'],
    ['postcode-invalid', { address: { postcode: '3512 SS' } }, 'address.postcode'],
    ['email-invalid', { email: 'noor@home' }, 'email'],
    ['phone-invalid', { phone: '12' }, 'phone'],
    ['phone-invalid', { contactPersons: [{ name: 'Sem', relation: 'parent', phone: 'x' }] }, 'contactPersons[0].phone'],
  ])('is refused with %s', (code, over, path) => {
    const refusal = refused(over);
    expect(refusal.code).toBe(code);
    expect(refusal.fields).toMatchObject([{ path, code }]);
  });

  it('names every field at fault at once', () => {
    const refusal = refused({ email: 'x', birthDate: d('2030-01-01') });
    expect(refusal.code).toBe('invalid-input');
    expect(refusal.fields.map(({ code }) => code)).toEqual(['birth-date-in-future', 'email-invalid']);
  });

  it('is judged together with its BSN, which does not stand in the refusal', () => {
    const refusal = refusalOf(() => checkedClient({ ...noor, email: 'x' }, { today, bsn: '123456789' }));
    expect(refusal.fields.map(({ path, code }) => `${path} ${code}`)).toEqual([
      'bsn bsn-invalid',
      'email email-invalid',
    ]);
    expect(JSON.stringify(refusal)).not.toContain('123456789');
    for (const bsn of ['111222333', '111.222.333', '', null, undefined]) {
      expect(() => checkedClient(noor, { today, bsn })).not.toThrow();
    }
  });

  it('may be of someone of exactly the greatest age, or born on the first day of the stay', () => {
    expect(() => checkedClient({ ...noor, birthDate: d('1906-06-15') }, { today })).not.toThrow();
    expect(() => checkedClient({ ...noor, birthDate: today }, { today, firstStayFrom: today })).not.toThrow();
  });
});

describe('merging', () => {
  const side = (clientId: string, over: object = {}) => ({ clientId, details: noor, isMergedAway: false, ...over });

  it.each([
    ['merge-same-client', side('a'), side('a')],
    ['already-merged', side('a', { isMergedAway: true }), side('b')],
    ['already-merged', side('a'), side('b', { isMergedAway: true })],
    ['merge-different-bsn', side('a', { bsnHash: 'x' }), side('b', { bsnHash: 'y' })],
  ])('is refused with %s', (code, from, into) => {
    expect(refusalOf(() => checkMerge(from, into)).code).toBe(code);
  });

  it('is allowed when at most one BSN is known, or both are the same', () => {
    expect(() => checkMerge(side('a', { bsnHash: 'x' }), side('b'))).not.toThrow();
    expect(() => checkMerge(side('a', { bsnHash: 'x' }), side('b', { bsnHash: 'x' }))).not.toThrow();
  });

  it('keeps what the record that goes on has, fills its gaps, and keeps contact persons once', () => {
    const sem = { name: 'Sem', relation: 'parent', phone: '06-12345678' } as const;
    const kim = { name: 'Kim', relation: 'friend' } as const;
    const from: ClientRecord = { ...noor, givenNames: 'N.', phone: '0301234567', contactPersons: [sem, kim] };
    const into: ClientRecord = {
      ...noor,
      givenNames: 'Noor',
      contactPersons: [{ ...sem, name: 'sem', phone: '0612345678' }],
    };
    expect(mergedDetails(from, into)).toEqual({
      familyName: 'Berg',
      givenNames: 'Noor',
      phone: '0301234567',
      contactPersons: [{ ...sem, name: 'sem', phone: '0612345678' }, kim],
    });
  });
});
