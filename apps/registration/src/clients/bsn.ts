import { Refusal } from '#contracts/refusal.js';

/**
 * Burgerservicenummer: nine digits of which the first eight weigh 9 to 2 and the last minus 1; the sum is a multiple of
 * eleven (the eleven test). Eight digits are taken with a zero in front, as spreadsheets lose it.
 */
const weights = [9, 8, 7, 6, 5, 4, 3, 2, -1];

/** Whether nine digits pass the eleven test. Nine zeros do not count. */
export function passesElevenTest(digits: string): boolean {
  if (!/^\d{9}$/.test(digits) || digits === '000000000') return false;
  const sum = weights.reduce((total, weight, index) => total + weight * Number(digits[index]), 0);
  return sum % 11 === 0;
}

/** The nine digits of a BSN that may be written with spaces, dots or dashes; nothing when they are none. */
export function bsnDigits(text: string): string | undefined {
  const digits = text.replaceAll(/[\s.-]/g, '');
  const padded = digits.length === 8 ? `0${digits}` : digits;
  return passesElevenTest(padded) ? padded : undefined;
}

/**
 * The nine digits of a BSN.
 * @param field the field that a refusal points to
 * @throws Refusal `bsn-invalid`; the number itself is not in it
 */
export function parseBsn(text: string, field = 'bsn'): string {
  const digits = bsnDigits(text);
  if (digits === undefined) throw Refusal.of('bsn-invalid', { fields: [field] });
  return digits;
}
