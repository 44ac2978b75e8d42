import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';

import { isCivilDate } from './date-text.js';
import { formatDate } from './dates.js';

/** What is wrong with what stands in a date field: no existing day, too early, too late; undefined when nothing is. */
export function useDateJudgement(min?: string, max?: string): (value: string) => string | undefined {
  const { t } = useTranslation('common');
  return useCallback(
    (value) => {
      if (value === '') return undefined;
      if (!isCivilDate(value)) return t('form.dateInvalid');
      if (min !== undefined && value < min) return t('form.dateTooEarly', { date: formatDate(min) });
      if (max !== undefined && value > max) return t('form.dateTooLate', { date: formatDate(max) });
      return undefined;
    },
    [min, max, t],
  );
}
