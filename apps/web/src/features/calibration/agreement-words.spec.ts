import { describe, expect, it } from '@jest/globals';

import { AGREEMENT_BANDS, bandOf, bandsWithin } from './agreement-words.js';

describe('the words for agreement', () => {
  it.each([
    [-0.3, 'poor'],
    [0.2, 'poor'],
    [0.21, 'fair'],
    [0.4, 'fair'],
    [0.41, 'moderate'],
    [0.61, 'good'],
    [0.8, 'good'],
    [0.81, 'very-good'],
    [1, 'very-good'],
  ])('kappa %d is %s (Landis & Koch 1977)', (value, band) => {
    expect(bandOf('kappa', value)).toBe(band);
  });

  it.each([
    [0.49, 'poor'],
    [0.5, 'moderate'],
    [0.74, 'moderate'],
    [0.75, 'good'],
    [0.9, 'very-good'],
  ])('ICC %d is %s (Koo & Li 2016)', (value, band) => {
    expect(bandOf('icc', value)).toBe(band);
  });

  it('never get better with a lower figure', () => {
    for (const measure of ['kappa', 'icc'] as const) {
      const ranks = Array.from({ length: 201 }, (_one, step) =>
        AGREEMENT_BANDS.indexOf(bandOf(measure, step / 100 - 1)),
      );
      expect(ranks).toEqual(ranks.toSorted((a, b) => a - b));
    }
  });

  it('tell of an interval in which bands it ends', () => {
    const figure = { shown: true, measure: 'icc', value: 0.8, interval: { low: 0.45, high: 0.93 }, raters: 3 } as const;
    expect(bandsWithin(figure)).toEqual(['poor', 'very-good']);
  });
});
