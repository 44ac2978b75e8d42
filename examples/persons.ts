import { plusDays } from './dates.ts';
import { FAMILY_NAMES, GIVEN_NAMES, LANGUAGES, STREETS, TOWNS } from './names.ts';
import type { Chance } from './random.ts';

/** A synthetic client as an institution would export it. */
export interface ExampleClient {
  readonly number: string;
  readonly givenNames: string;
  readonly prefix: string;
  readonly familyName: string;
  readonly birthDate: string;
  readonly bsn: string;
  readonly street: string;
  readonly houseNumber: string;
  readonly postcode: string;
  readonly town: string;
  readonly phone: string;
  readonly municipality: string;
  readonly language: string;
  readonly zwaarte: 'light' | 'medium' | 'heavy' | '';
}

/** Draws a client; a few miss something, as in real files (data quality shows who misses what). */
export function drawClient(chance: Chance, number: string, today: string): ExampleClient {
  const [prefix, familyName] = chance.pick(FAMILY_NAMES);
  const [postcode, town] = chance.pick(TOWNS);
  const complete = !chance.once(0.08);
  return {
    number,
    givenNames: chance.pick(GIVEN_NAMES),
    prefix,
    familyName,
    birthDate: chance.once(0.02) ? '2004-02-29' : plusDays(today, -chance.between(17 * 365, 27 * 365)),
    bsn: chance.once(0.7) ? drawBsn(chance) : '',
    street: complete ? chance.pick(STREETS) : '',
    houseNumber: complete ? String(chance.between(1, 240)) : '',
    postcode: complete ? postcode : '',
    town: complete ? town : '',
    phone: chance.once(0.8) ? `06 ${chance.between(10_000_000, 99_999_999)}` : '',
    municipality: chance.once(0.94) ? town : '',
    language: chance.pick(LANGUAGES),
    zwaarte: chance.once(0.9) ? chance.pick(['light', 'medium', 'medium', 'heavy'] as const) : '',
  };
}

/** Nine digits that pass the 11-proof; drawn, so they belong to nobody that we know of. */
function drawBsn(chance: Chance): string {
  for (;;) {
    const digits = [9, ...Array.from({ length: 7 }, () => chance.between(0, 9))];
    const sum = digits.reduce((total, digit, index) => total + digit * (9 - index), 0);
    const last = sum % 11;
    if (last < 10) return [...digits, last].join('');
  }
}
