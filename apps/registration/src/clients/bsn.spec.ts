import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Refusal } from '#contracts/refusal.js';
import { parseBsn, passesElevenTest } from './bsn.js';

describe('BSN', () => {
  it.each(['111222333', '123456782', '999990019'])('%s passes the eleven test', (bsn) => {
    expect(passesElevenTest(bsn)).toBe(true);
  });

  it.each(['123456789', '000000000', '12345678', '1234567820', 'abcdefghi', ''])('%j does not', (bsn) => {
    expect(passesElevenTest(bsn)).toBe(false);
  });

  it.each([
    ['1112.22.333', '111222333'],
    [' 123 456 782 ', '123456782'],
    ['10000008', '010000008'],
  ])('reads %j as %s', (text, expected) => {
    expect(parseBsn(text)).toBe(expected);
  });

  it('refuses a wrong one at its field, without repeating it', () => {
    try {
      parseBsn('123456789', 'client.bsn');
    } catch (error) {
      expect(error).toBeInstanceOf(Refusal);
      expect(error).toMatchObject({ code: 'bsn-invalid', status: 422, fields: [{ path: 'client.bsn' }] });
      expect(JSON.stringify(error)).not.toContain('123456789');
    }
    expect.assertions(3);
  });

  it('one digit typed wrong never passes', () => {
    const digits = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 9, maxLength: 9 });
    const change = fc.tuple(fc.nat(8), fc.integer({ min: 1, max: 9 }));
    fc.assert(
      fc.property(digits, change, (numbers, [position, by]) => {
        fc.pre(passesElevenTest(numbers.join('')));
        const wrong = numbers.with(position, ((numbers[position] ?? 0) + by) % 10);
        expect(passesElevenTest(wrong.join(''))).toBe(false);
      }),
      { numRuns: 50 },
    );
  });
});
