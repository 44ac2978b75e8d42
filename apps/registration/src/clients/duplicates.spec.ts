import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { duplicateKeys, duplicateScore, duplicateThreshold, possibleDuplicates } from './duplicates.js';
import type { PersonTraits } from './duplicates.js';

const noor: PersonTraits = {
  givenNames: 'Noor Fatima',
  familyNamePrefix: 'van de',
  familyName: 'Berg',
  birthDate: '2004-03-12',
  address: { street: 'Kruisstraat', houseNumber: '4', postcode: '3512 AB', city: 'Utrecht' },
};
const like = (over: Partial<PersonTraits>) => duplicateScore(noor, { ...noor, ...over });

describe('possible duplicates', () => {
  it('are certain by BSN, whatever else is written', () => {
    const score = duplicateScore({ familyName: 'Berg', bsnHash: 'x' }, { familyName: 'Smit', bsnHash: 'x' });
    expect(score).toEqual({ score: 100, reasons: ['same-bsn'] });
  });

  it('with another BSN are never above the threshold', () => {
    expect(duplicateScore({ ...noor, bsnHash: 'x' }, { ...noor, bsnHash: 'y' }).score).toBeLessThan(duplicateThreshold);
  });

  it.each<[string, Partial<PersonTraits>, string[]]>([
    ['the same', {}, ['same-name', 'same-birth-date', 'same-address']],
    ['prefix within the family name', { familyNamePrefix: undefined, familyName: 'van de Berg' }, ['same-name']],
    ['prefix behind a comma', { familyNamePrefix: undefined, familyName: 'Berg, v.d.' }, ['similar-name']],
    ['accents and capitals', { givenNames: 'NÓÓR', familyName: 'BERG' }, ['same-name']],
    ['one letter wrong', { familyName: 'Berk' }, ['similar-name']],
    ['names swapped', { givenNames: 'Berg', familyNamePrefix: undefined, familyName: 'Noor' }, ['names-swapped']],
    ['an initial', { givenNames: 'N.' }, ['similar-name', 'same-initials']],
    ['half of a double name', { familyName: 'Berg-Smit' }, ['similar-name']],
    ['no given name', { givenNames: undefined }, ['same-birth-date']],
    ['day and month swapped', { birthDate: '2004-12-03' }, ['same-name', 'birth-day-month-swapped']],
    ['one digit of the birth date off', { birthDate: '2005-03-12' }, ['same-name', 'birth-date-one-digit-off']],
    ['another address', { address: { houseNumber: '9', postcode: '1000AA' } }, ['same-name', 'same-birth-date']],
  ])('%s: above the threshold, with the reason', (_, over, reasons) => {
    const found = like(over);
    expect(found.score).toBeGreaterThanOrEqual(duplicateThreshold);
    expect(found.reasons).toEqual(expect.arrayContaining(reasons));
  });

  it.each<[string, Partial<PersonTraits>]>([
    ['a name alone', { birthDate: undefined, address: undefined }],
    ['a sister', { givenNames: 'Sanne', birthDate: '2001-07-30' }],
    ['someone else born that day', { givenNames: 'Kim', familyName: 'Smit', address: undefined }],
    ['a house mate', { givenNames: 'Kim', familyName: 'Smit', birthDate: '1999-01-01' }],
    ['a namesake of another age', { birthDate: '1988-11-25', address: undefined }],
  ])('%s: below it', (_, over) => {
    expect(like(over).score).toBeLessThan(duplicateThreshold);
  });

  it('a twin scores well below the same person', () => {
    expect(like({ givenNames: 'Sem' }).score).toBeLessThan(like({}).score - 15);
  });

  it('come most likely first', () => {
    const others = [
      { ...noor, id: 1, birthDate: '2004-12-03' },
      { ...noor, id: 2 },
      { familyName: 'Smit', id: 3 },
    ];
    expect(possibleDuplicates(noor, others).map(({ other }) => other.id)).toEqual([2, 1]);
  });
});

const some = <T>(...values: T[]) => fc.constantFrom(undefined, ...values);
const person: fc.Arbitrary<PersonTraits> = fc.record({
  givenNames: some('Noor', 'Noor Fatima', 'N', 'Sem', 'Berg'),
  familyNamePrefix: some('van de', 'el'),
  familyName: fc.constantFrom('Berg', 'van den Berg', 'Berk', 'Smit-Berg', 'Noor', 'Smit'),
  birthDate: some('2004-03-12', '2004-12-03', '2004-03-13', '2014-03-12', '1990-06-15'),
  address: some(
    { street: 'Kruisstraat', houseNumber: '4', city: 'Utrecht' },
    { street: 'Kruisstraat', houseNumber: '4', postcode: '3512AB', city: 'Utrecht' },
    { houseNumber: '4', postcode: '3512 ab' },
    { street: 'Kruisstraat' },
  ),
  bsnHash: some('x', 'y'),
});

describe('the score', () => {
  it('is the same both ways, from 0 to 100', () => {
    fc.assert(
      fc.property(person, person, (a, b) => {
        const { score, reasons } = duplicateScore(a, b);
        expect(duplicateScore(b, a)).toEqual({ score, reasons });
        expect(score >= 0 && score <= 100 && Number.isInteger(score)).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });

  it('above the threshold always shares a key, so that the index finds it', () => {
    fc.assert(
      fc.property(person, person, (a, b) => {
        if (duplicateScore(a, b).score < duplicateThreshold) return;
        const keys = duplicateKeys(a);
        expect(duplicateKeys(b).some((key) => keys.includes(key))).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });
});
