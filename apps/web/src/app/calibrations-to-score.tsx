import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

import { CALIBRATIONS, calibrationsToScoreQuery } from '../api/calibrations-to-score.js';
import { useAnnounce } from '../ui/announcer.js';
import { formatNumber } from '../ui/dates.js';
import { useAsking } from '../ui/use-asking.js';

/** How often a page that is looked at asks; an invitation has days. */
const ASK_EVERY_MS = 30_000;

/**
 * Who is invited to a calibration hears of it here: beside the navigation, as long as something is to score. It leads to the
 * list of exactly these sessions, and keeps that list in line.
 */
export function CalibrationsToScore() {
  const { t } = useTranslation();
  const announce = useAnnounce();
  const queries = useQueryClient();
  const asked = useAsking(calibrationsToScoreQuery, ASK_EVERY_MS);
  const sessions = asked.data?.sessions;
  const told = useRef(sessions);
  useEffect(() => {
    const before = told.current;
    told.current = sessions;
    if (before === undefined || sessions === undefined || before === sessions) return;
    if (sessions > before) announce(t('toScore.more', { count: sessions }));
    void queries.invalidateQueries({ queryKey: [...CALIBRATIONS, 'list'] });
  }, [sessions, announce, queries, t]);
  if (asked.data === undefined || asked.data.sessions === 0) return null;
  return (
    <li>
      <Link to="/zrm/ijking" className="d-nav__link d-nav__link--under">
        {t('toScore.link')}{' '}
        <span className={asked.data.late > 0 ? 'd-late' : 'd-muted'}>
          {t('toScore.count', { sessions: formatNumber(asked.data.sessions) })}
        </span>
      </Link>
    </li>
  );
}
