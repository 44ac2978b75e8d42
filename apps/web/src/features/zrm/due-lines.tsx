import { useQuery } from '@tanstack/react-query';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';

import { measurementKindLabels } from '#contracts/assessment/code-labels.js';
import type { DueSettings, Term } from '#contracts/assessment/due.js';

import { zrmDueSettingsQuery, type ZrmDue } from '../../api/zrm-lists.js';
import { formatDate } from '../../ui/dates.js';
import { inLanguage } from '../../ui/problem-text.js';

type T = TFunction<'zrm'>;

/** Which ZRM is needed before which day, or how late it is; each with why. */
export function DueLines({ due }: { due: readonly ZrmDue[] }) {
  const { t } = useTranslation('zrm');
  const settings = useQuery(zrmDueSettingsQuery).data?.settings;
  if (due.length === 0) return null;
  return (
    <ul className="d-stack" aria-label={t('due.list')}>
      {due.map((one) => (
        <li key={one.kind} className={one.daysLate > 0 ? 'd-note d-note--warning' : 'd-note'}>
          <p>
            <strong>{dueText(t, one)}</strong> {one.daysLate > 0 ? lateText(t, one) : null}
          </p>
          <p className="d-small">{dueReason(t, one, settings)}</p>
        </li>
      ))}
    </ul>
  );
}

/** "Periodieke ZRM nodig vóór of op 30 november 2026." */
export function dueText(t: T, { kind, dueOn, held, daysLate }: ZrmDue): string {
  const what = inLanguage(measurementKindLabels[kind]);
  if (held) return t('due.held', { what });
  return t(daysLate > 0 ? 'due.was' : 'due.by', { what, date: formatDate(dueOn) });
}

/** "3 dagen te laat." */
export function lateText(t: T, { daysLate }: ZrmDue): string {
  return t('due.late', { count: daysLate });
}

/** Why on that day: the rule of the region, and the day that it counts from. */
export function dueReason(
  t: T,
  { kind, countedBy, countedFrom, held }: ZrmDue,
  settings: DueSettings | undefined,
): string {
  if (held) return t('due.heldBecause');
  const counted = t(`due.counted.${countedBy}`, { from: formatDate(countedFrom) });
  if (settings === undefined) return t('due.counting', { counted });
  return t('due.because', { term: termText(t, termOf(kind, countedBy, settings)), counted });
}

/** The same in short, for a column: "1 maand na de aankomst op 3 maart 2026". */
export function dueRule(t: T, { kind, countedBy, countedFrom }: ZrmDue, settings: DueSettings | undefined): string {
  const counted = t(`due.counted.${countedBy}`, { from: formatDate(countedFrom) });
  return settings === undefined ? counted : `${termText(t, termOf(kind, countedBy, settings))} ${counted}`;
}

function termOf(kind: ZrmDue['kind'], countedBy: ZrmDue['countedBy'], settings: DueSettings): Term {
  if (countedBy === 'return') return settings.returnTerm;
  switch (kind) {
    case 'baseline':
      return settings.baselineTerm;
    case 'target':
      return settings.targetTerm;
    case 'periodic':
      return { months: settings.intervalMonths };
  }
}

function termText(t: T, { months = 0, days = 0 }: Term): string {
  const parts = [
    ...(months === 0 ? [] : [t('due.months', { count: months })]),
    ...(days === 0 ? [] : [t('due.days', { count: days })]),
  ];
  return parts.join(t('due.and'));
}
