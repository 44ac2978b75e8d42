import { describe, expect, it } from '@jest/globals';
import type { ZrmScore } from '#contracts/assessment/codes.js';
import { agreementPerDomain, distributionOf } from './agreement.js';
import type { Rating } from './agreement.js';

/** A row per subject, a column per rater. */
const ratings = (domain: string, rows: readonly (readonly ZrmScore[])[]): Rating[] =>
  rows.flatMap((row, subject) =>
    row.map((score, rater) => ({ domain, subject: `s${String(subject)}`, rater: `r${String(rater)}`, score })),
  );
const two: ZrmScore[][] = [
  [1, 1],
  [2, 2],
  [3, 3],
  [4, 4],
  [5, 5],
  [2, 3],
  [3, 2],
  [4, 3],
  [1, 2],
  [5, 4],
];
const three = two.map((row): ZrmScore[] => [...row, row[0] ?? 3]);

describe('agreement', () => {
  it('is a kappa for two raters and an ICC for more, per domain', () => {
    const agreement = agreementPerDomain([...ratings('housing', two), ...ratings('justice', three)]);
    expect([...agreement.keys()]).toEqual(['housing', 'justice']);
    expect(agreement.get('housing')).toMatchObject({
      shown: true,
      measure: 'kappa',
      raters: 2,
      subjects: 10,
      leftOut: 0,
    });
    expect(agreement.get('justice')).toMatchObject({ shown: true, measure: 'icc', raters: 3, subjects: 10 });
    const [shown] = agreement.values();
    if (shown?.shown !== true) throw new Error('hidden');
    // By hand: the squared differences add up to 5; by chance they would to 33.
    expect(shown.value).toBeCloseTo(1 - 5 / 33, 12);
    expect(shown.interval.low).toBeLessThan(shown.value);
  });

  it('does not depend on the order', () => {
    const all = [...ratings('housing', three), ...ratings('justice', two)];
    expect(agreementPerDomain(all.toReversed())).toEqual(agreementPerDomain(all));
  });

  it.each<[string, ZrmScore[][], object]>([
    ['of one rater', two.map(([first = 3]) => [first]), { because: 'too-few-raters', raters: 1 }],
    ['on nine subjects', two.slice(1), { because: 'too-few-subjects', subjects: 9 }],
    [
      'on nine, because one was not assessed',
      two.with(0, [1, 'not-assessed']),
      { because: 'too-few-subjects', subjects: 9, leftOut: 1 },
    ],
    ['when all is the same', two.map(() => [3, 3]), { because: 'no-variation', subjects: 10 }],
    ['when both gave all one level, not the same', two.map(() => [3, 4]), { because: 'no-variation', subjects: 10 }],
    // Nine of ten the same: kappa would be 0, and 95% certain to lie between 0 and 0.
    [
      'when one gave all the same level',
      two.map((_, at) => [5, at === 0 ? 4 : 5]),
      { because: 'one-level', subjects: 10 },
    ],
    ['of several when all is the same', two.map(() => [3, 3, 4]), { because: 'no-variation', raters: 3 }],
  ])('is not shown %s', (_what, rows, expected) => {
    expect(agreementPerDomain(ratings('housing', rows)).get('housing')).toMatchObject({ shown: false, ...expected });
  });

  it('needs two subjects at the least, whatever the region says', () => {
    const minimums = { subjects: 0, clients: 0 };
    expect(agreementPerDomain(ratings('housing', [[1, 2, 3]]), minimums).get('housing')).toMatchObject({
      because: 'too-few-subjects',
    });
    expect(
      agreementPerDomain(
        ratings('housing', [
          [1, 2],
          [3, 3],
        ]),
        minimums,
      ).get('housing'),
    ).toMatchObject({ shown: true });
  });

  it('refuses two scores of one rater for one subject', () => {
    const [first] = ratings('housing', two);
    expect(() => agreementPerDomain([first!, first!])).toThrow(RangeError);
  });
});

describe('a distribution', () => {
  it('counts levels, and tells what was not assessed apart', () => {
    expect(distributionOf([1, 2, 2, 5, 'not-assessed', 5])).toEqual({
      shown: true,
      assessed: 5,
      notAssessed: 1,
      counts: { 1: 1, 2: 2, 3: 0, 4: 0, 5: 2 },
      shares: { 1: 0.2, 2: 0.4, 3: 0, 4: 0, 5: 0.4 },
      mean: 3,
    });
  });

  it('under five clients is not shown', () => {
    expect(distributionOf([1, 2, 3, 4, 'not-assessed'])).toEqual({ shown: false, because: 'too-few-subjects' });
    expect(distributionOf([], { subjects: 0, clients: 0 })).toEqual({ shown: false, because: 'too-few-subjects' });
  });
});
