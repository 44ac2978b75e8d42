import type { Agreement } from '../../api/calibration.js';

/** How good an agreement is, in steps that can be said in a word. */
export const AGREEMENT_BANDS = ['poor', 'fair', 'moderate', 'good', 'very-good'] as const;
export type AgreementBand = (typeof AGREEMENT_BANDS)[number];

type Measure = Extract<Agreement, { shown: true }>['measure'];

/**
 * From which value on a band begins, in order of {@link AGREEMENT_BANDS}. Kappa by Landis & Koch (Biometrics 33, 1977):
 * slight, fair, moderate, substantial, almost perfect. ICC by Koo & Li (J Chiropr Med 15, 2016): poor under 0.5, moderate
 * under 0.75, good under 0.9, excellent; they have no step between the first two, so that `fair` is empty.
 */
export const bandStarts: Record<Measure, readonly [number, number, number, number]> = {
  kappa: [0.2, 0.4, 0.6, 0.8],
  icc: [0.5, 0.5, 0.75, 0.9],
};

/** In which band a figure falls. A border belongs to the band under it for kappa (0.21 is fair), over it for ICC. */
export function bandOf(measure: Measure, value: number): AgreementBand {
  const isPast = (start: number): boolean => (measure === 'kappa' ? value > start : value >= start);
  const passed = bandStarts[measure].filter(isPast).length;
  return AGREEMENT_BANDS[passed] ?? 'very-good';
}

/** The bands that the interval reaches: with so few cases each of them may be the true one. */
export function bandsWithin({
  measure,
  interval,
}: Extract<Agreement, { shown: true }>): [AgreementBand, AgreementBand] {
  return [bandOf(measure, interval.low), bandOf(measure, interval.high)];
}
