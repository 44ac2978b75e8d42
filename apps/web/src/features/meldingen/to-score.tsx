import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

import type { CalibrationsToScore } from '../../api/calibrations-to-score.js';
import { daysBetween, formatDate, formatRelativeDay, today } from '../../ui/dates.js';

/** From so many days before it on, the page says how soon the day is. */
const SOON_DAYS = 7;

/** Calibrations that wait for the person, beside the meldingen: how many, by when, and the way to exactly these. */
export function ToScore({ toScore: { sessions: count, scoreBy } }: { toScore: CalibrationsToScore }) {
  const { t } = useTranslation('meldingen');
  return (
    <>
      <Link className="ams-link" to="/zrm/ijking">
        {t('toScore.link', { count })}
      </Link>
      {'. '}
      {scoreBy === undefined ? null : <By day={scoreBy} count={count} />}
    </>
  );
}

function By({ day, count }: { day: string; count: number }) {
  const { t } = useTranslation('meldingen');
  const date = formatDate(day);
  const left = daysBetween(today(), day);
  if (left < 0) return <span className="d-late">{t('toScore.late', { count, date })}</span>;
  if (left > SOON_DAYS) return t('toScore.by', { count, date });
  return <strong>{t('toScore.soon', { count, date, day: formatRelativeDay(day) })}</strong>;
}
