import type { TFunction } from 'i18next';

import { hiddenFigureReasonLabels } from '#contracts/assessment/code-labels.js';

import type { Agreement } from '../../api/calibration.js';
import { formatNumber } from '../../ui/dates.js';
import { inLanguage } from '../../ui/problem-text.js';
import { bandOf, bandsWithin } from './agreement-words.js';

type T = TFunction<'calibration'>;

/** "0,72" */
export const figureText = (value: number): string =>
  formatNumber(value, { minimumFractionDigits: 2, maximumFractionDigits: 2 });

/** A figure in words: how good it is, and how much better or worse it may be; or why there is none. */
export function agreementReading(t: T, agreement: Agreement): string {
  if (!agreement.shown) {
    const why = inLanguage(hiddenFigureReasonLabels[agreement.because]);
    return agreement.subjects === undefined
      ? why
      : `${why} (${t('agreement.subjects', { count: agreement.subjects })})`;
  }
  const band = bandOf(agreement.measure, agreement.value);
  const [low, high] = bandsWithin(agreement);
  const word = t(`band.${band}`);
  if (low === high) return t('agreement.sure', { band: word });
  return t('agreement.between', { band: word, low: t(`band.${low}`), high: t(`band.${high}`) });
}
