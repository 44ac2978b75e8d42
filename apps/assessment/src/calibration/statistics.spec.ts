import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { fProbability, fQuantile } from './f-distribution.js';
import { intraclassCorrelation } from './intraclass-correlation.js';
import { quadratic, tableOf, weightedKappa } from './weighted-kappa.js';
import type { AgreementTable, AgreementWeight } from './weighted-kappa.js';

const same: AgreementWeight = (i, j) => (i === j ? 1 : 0);
const linear: AgreementWeight = (i, j, categories) => 1 - Math.abs(i - j) / (categories - 1);
const round = (value: number | undefined, digits: number) => Number(value?.toFixed(digits));

describe('the F-distribution', () => {
  // NIST/SEMATECH e-Handbook of Statistical Methods, §1.3.6.7.3: upper critical values of the F-distribution.
  it.each([
    [0.95, 1, 1, 161.448],
    [0.95, 5, 15, 2.901],
    [0.95, 10, 10, 2.978],
    [0.95, 3, 100, 2.696],
    [0.9, 2, 7, 3.257],
    [0.99, 4, 20, 4.431],
    [0.99, 1, 1, 4052.19],
  ])('has the quantile of the printed table: %d, %d and %d', (probability, numerator, denominator, printed) => {
    const quantile = fQuantile(probability, numerator, denominator);
    expect(Math.abs(quantile - printed)).toBeLessThan(printed > 1000 ? 0.02 : 0.0006);
  });

  it('goes there and back, for degrees of freedom that are not whole too', () => {
    const freedom = fc.double({ min: 0.5, max: 500, noNaN: true });
    fc.assert(
      fc.property(fc.double({ min: 0.001, max: 0.999, noNaN: true }), freedom, freedom, (probability, a, b) => {
        expect(fProbability(fQuantile(probability, a, b), a, b)).toBeCloseTo(probability, 9);
        expect(fQuantile(probability, a, b) * fQuantile(1 - probability, b, a)).toBeCloseTo(1, 6);
      }),
    );
  });

  it('knows its edges', () => {
    expect([fProbability(0, 3, 3), fProbability(-1, 3, 3)]).toEqual([0, 0]);
    expect(fProbability(1, 7, 7)).toBeCloseTo(0.5, 12);
    for (const wrong of [0, 1, Number.NaN]) expect(() => fQuantile(wrong, 1, 1)).toThrow(RangeError);
    expect(() => fQuantile(0.5, 0, 1)).toThrow(RangeError);
  });
});

describe('weighted kappa', () => {
  // Stata Base Reference Manual, kappa: 85 xeromammograms by two radiologists (Boyd et al. 1982), four categories.
  const mammograms = [
    [21, 12, 0, 0],
    [4, 17, 1, 0],
    [3, 9, 15, 2],
    [0, 0, 0, 1],
  ];

  it.each([
    ['quadratic (wgt(w2))', quadratic, 0.6714],
    ['linear (wgt(w))', linear, 0.5684],
    ['none', same, 0.4728],
  ])('of the mammograms, weights %s, is as printed', (_name, weight, printed) => {
    expect(round(weightedKappa(mammograms, weight)?.value, 4)).toBe(printed);
  });

  // Fleiss (1981), Statistical Methods for Rates and Proportions, p. 213: 100 patients, three diagnoses; the errors and
  // intervals as SAS PROC FREQ / AGREE prints them for this table.
  it.each([
    ['none', same, 0.6765, 0.0877, 0.5046, 0.8484],
    ['linear', linear, 0.7222, 0.0843, 0.557, 0.8874],
  ])('of the diagnoses, weights %s, has the printed error and interval', (_name, weight, value, error, low, high) => {
    const kappa = weightedKappa(
      [
        [75, 1, 4],
        [5, 4, 1],
        [0, 0, 10],
      ],
      weight,
    );
    expect(round(kappa?.value, 4)).toBe(value);
    expect(round(kappa?.standardError, 4)).toBe(error);
    expect([round(kappa?.interval.low, 4), round(kappa?.interval.high, 4)]).toEqual([low, high]);
  });

  // Maple help, EssayTools[QuadraticWeightedKappa]: two lists of marks.
  it.each([
    [[9, 7, 8, 7, 6, 8, 3, 5, 10], [8, 8, 6, 6, 7, 6, 1, 4, 8], 0.758620689655172],
    [[9, 7, 8, 7, 6, 8, 3, 5, 10], [3, 5, 6, 6, 7, 6, 1, 4, 8], 0.438095238095238],
  ])('of two lists of marks is as printed', (first, second, printed) => {
    const pairs = first.map((mark, index) => [mark, second[index] ?? 0] as const);
    expect(weightedKappa(tableOf(pairs, 11))?.value).toBeCloseTo(printed, 12);
  });

  it('has a standard error that agrees with the jackknife on a large table', () => {
    const table = [
      [40, 12, 3, 0, 0],
      [10, 60, 20, 4, 1],
      [2, 18, 80, 22, 3],
      [0, 5, 19, 70, 14],
      [0, 0, 4, 11, 45],
    ];
    const total = table.flat().reduce((all, one) => all + one, 0);
    const whole = weightedKappa(table)!;
    // Leaving one subject out is the same for all in one cell.
    const spread = table
      .flatMap((row, i) =>
        row.map((count, j) => {
          if (count === 0) return 0;
          const without = table.map((line, r) => line.map((cell, c) => (r === i && c === j ? cell - 1 : cell)));
          return count * (weightedKappa(without)!.value - whole.value) ** 2;
        }),
      )
      .reduce((all, one) => all + one, 0);
    const jackknife = Math.sqrt(((total - 1) / total) * spread);
    expect(Math.abs(whole.standardError / jackknife - 1)).toBeLessThan(0.02);
  });

  it('is undefined when one of the two gave everyone the same, and on nothing', () => {
    const pairs = (second: number) => tableOf([[2, 2] as const, [2, second] as const, [2, 2] as const], 5);
    expect(weightedKappa(pairs(2))).toBeUndefined();
    expect(weightedKappa(pairs(4))).toBeUndefined();
    expect(weightedKappa(tableOf([[4, 2] as const, [1, 2] as const], 5))).toBeUndefined();
    expect(weightedKappa(tableOf([], 5))).toBeUndefined();
    expect(() => tableOf([[0, 5]], 5)).toThrow(RangeError);
  });

  it('lies between −1 and 1, is the same with the raters exchanged, and 1 only for full agreement', () => {
    const rating = fc.nat(4);
    fc.assert(
      fc.property(fc.array(fc.tuple(rating, rating), { minLength: 1, maxLength: 40 }), (pairs) => {
        const kappa = weightedKappa(tableOf(pairs, 5));
        const agreed = pairs.every(([a, b]) => a === b);
        const fewest = Math.min(...[0, 1].map((rater) => new Set(pairs.map((pair) => pair[rater])).size));
        expect(kappa === undefined).toBe(fewest === 1);
        if (kappa === undefined) return;
        const exchanged = weightedKappa(
          tableOf(
            pairs.map(([a, b]) => [b, a] as const),
            5,
          ),
        );
        expect(exchanged?.value).toBeCloseTo(kappa.value, 12);
        expect(kappa.value >= -1 - 1e-9 && kappa.value <= 1 + 1e-9).toBe(true);
        expect(kappa.value > 1 - 1e-9).toBe(agreed);
        expect(kappa.interval.low <= kappa.value + 1e-9 && kappa.interval.high >= kappa.value - 1e-9).toBe(true);
      }),
    );
  });
});

describe('ICC(2,1)', () => {
  // Shrout & Fleiss (1979), table 2: six targets, four judges; ICC(2,1) = .29 (table 4). The interval is what the R
  // packages irr and psych print for it.
  const shroutFleiss = [
    [9, 2, 5, 8],
    [6, 1, 3, 2],
    [8, 4, 6, 8],
    [7, 1, 2, 6],
    [10, 5, 6, 9],
    [6, 2, 4, 7],
  ];

  it('of Shrout & Fleiss is 0.29', () => {
    const icc = intraclassCorrelation(shroutFleiss);
    expect(round(icc?.value, 2)).toBe(0.29);
    expect([round(icc?.interval.low, 3), round(icc?.interval.high, 3)]).toEqual([0.019, 0.761]);
  });

  it('does not depend on the order of subjects or raters, nor on the scale', () => {
    const level = fc.integer({ min: 1, max: 5 });
    const rows = fc
      .integer({ min: 3, max: 5 })
      .chain((raters) =>
        fc.array(fc.array(level, { minLength: raters, maxLength: raters }), { minLength: 3, maxLength: 12 }),
      );
    fc.assert(
      fc.property(rows, (ratings) => {
        const icc = intraclassCorrelation(ratings);
        const other = intraclassCorrelation(
          ratings.toReversed().map((row) => row.toReversed().map((one) => 10 * one - 3)),
        );
        if (icc === undefined) {
          expect(other).toBeUndefined();
          return;
        }
        expect(other?.value).toBeCloseTo(icc.value, 8);
        expect(icc.value).toBeLessThanOrEqual(1 + 1e-9);
        for (const bound of [icc.interval.low, icc.interval.high]) expect(bound >= -1 && bound <= 1).toBe(true);
        expect(icc.interval.low).toBeLessThanOrEqual(icc.value + 1e-6);
        expect(icc.interval.high).toBeGreaterThanOrEqual(icc.value - 1e-6);
      }),
    );
  });

  it('below zero has an interval too, that reaches above zero', () => {
    const icc = intraclassCorrelation([
      [3, 2, 4, 2],
      [1, 3, 5, 2],
      [4, 4, 2, 2],
    ]);
    expect(icc?.value).toBeLessThan(-0.2);
    expect(icc?.interval.low).toBeLessThan(icc?.value ?? 0);
    expect(icc?.interval.high).toBeGreaterThan(0);
  });

  it('is 1 for full agreement, less when one rater is always stricter, and undefined without differences', () => {
    expect(
      intraclassCorrelation([
        [1, 1],
        [3, 3],
        [5, 5],
      ]),
    ).toEqual({ value: 1, interval: { low: 1, high: 1 } });
    const stricter = intraclassCorrelation([
      [1, 2],
      [3, 4],
      [4, 5],
    ]);
    expect(
      intraclassCorrelation([
        [3, 2, 4, 2],
        [1, 3, 5, 2],
        [4, 4, 2, 1],
      ]),
    ).toBeUndefined();
    expect(stricter?.value).toBeCloseTo(0.8235, 4);
    expect(
      intraclassCorrelation([
        [3, 3],
        [3, 3],
      ]),
    ).toBeUndefined();
    expect(
      intraclassCorrelation([
        [2, 3],
        [2, 3],
      ]),
    ).toBeUndefined();
  });

  it.each([[[]], [[[1, 2]]], [[[1], [2]]], [[[1, 2], [1]]]])('refuses %j', (ratings) => {
    expect(() => intraclassCorrelation(ratings)).toThrow(RangeError);
  });
});

describe('both', () => {
  it('agree for two raters on many subjects (Fleiss & Cohen 1973: quadratic kappa is an ICC)', () => {
    const table: AgreementTable = [
      [40, 12, 3, 0, 0],
      [10, 60, 20, 4, 1],
      [2, 18, 80, 22, 3],
      [0, 5, 19, 70, 14],
      [0, 0, 4, 11, 45],
    ];
    const rows = table.flatMap((row, i) => row.flatMap((count, j) => Array.from({ length: count }, () => [i, j])));
    expect(intraclassCorrelation(rows)?.value).toBeCloseTo(weightedKappa(table)!.value, 2);
  });
});
