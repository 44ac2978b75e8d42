import type { TFunction } from 'i18next';

import { reminderAudienceLabels } from '#contracts/assessment/code-labels.js';
import type { ReminderAudience } from '#contracts/assessment/codes.js';

import type { LadderStep } from '../../api/zrm-settings.js';
import { inLanguage } from '../../ui/problem-text.js';

/** Who is reminded, as it stands in a sentence. */
export function audienceText(audience: readonly ReminderAudience[]): string {
  return audience.map((each) => inLanguage(reminderAudienceLabels[each]).toLowerCase()).join(', ');
}

/** "14 dagen ervoor", "op de dag zelf", "7 dagen erna". */
export function whenText(t: TFunction<'zrm-settings'>, days: number): string {
  if (days === 0) return t('due.onTheDay');
  return days < 0 ? t('due.before', { count: -days }) : t('due.after', { count: days });
}

/** A step of the ladder as a sentence. */
export function stepSentence(t: TFunction<'zrm-settings'>, { days, audience }: LadderStep): string {
  return t('due.step', { when: whenText(t, days), who: audienceText(audience) });
}
