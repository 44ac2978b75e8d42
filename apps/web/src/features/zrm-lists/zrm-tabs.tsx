import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { NavLink, useLocation } from 'react-router';

import { calibrationsToScoreQuery } from '../../api/calibrations-to-score.js';
import { zrmCountsQuery, type ZrmClientCounts } from '../../api/zrm-lists.js';
import { ZRM_PAGES } from '../../app/navigation.js';
import { useCan } from '../../app/session.js';
import { formatNumber } from '../../ui/dates.js';
import { useFilters } from '../../ui/use-filters.js';
import { dueBeforeOf } from './worklists.js';

/** Filters that every list has: who goes from one to another keeps them. */
const SHARED = ['instelling', 'groep', 'binnen'] as const;

/** The pages about ZRMs that the person may use, each list with how many it has; nothing to choose when it is one. */
export function ZrmTabs() {
  const { t } = useTranslation('zrm-lists');
  const can = useCan();
  const tabs = ZRM_PAGES.filter((tab) => tab.needs.some(can));
  const counts = useCounts(can('zrm:read'));
  const toScore = useQuery({ ...calibrationsToScoreQuery, enabled: can('zrm-calibrations:read') }).data?.sessions ?? 0;
  const search = useSharedSearch();
  if (tabs.length < 2) return null;
  return (
    <nav className="d-tabs" aria-label={t('tabs.label')}>
      {tabs.map(({ key, to }) => {
        const count = counts !== undefined && isCounted(key, counts) ? counts[key] : undefined;
        return (
          <NavLink key={key} to={{ pathname: to, search: count === undefined ? '' : search }} end>
            {t(`tabs.${key}`)}
            {count === undefined ? null : (
              <>
                {' '}
                <span className="d-tabs__count">{formatNumber(count)}</span>
              </>
            )}
            {key === 'calibration' && toScore > 0 ? (
              <>
                {' '}
                <span className="d-tabs__count">{t('tabs.toScore', { sessions: formatNumber(toScore) })}</span>
              </>
            ) : null}
          </NavLink>
        );
      })}
    </nav>
  );
}

function isCounted(key: string, counts: ZrmClientCounts): key is keyof ZrmClientCounts {
  return key in counts;
}

/** As many as the list has that one comes to, with the filters that are kept. */
function useCounts(enabled: boolean): ZrmClientCounts | undefined {
  const [{ instelling, groep, binnen }] = useFilters(SHARED);
  const filter = { organisationId: instelling, clusterId: groep, dueBefore: dueBeforeOf(binnen) };
  return useQuery({ ...zrmCountsQuery(filter), enabled, placeholderData: (previous) => previous }).data;
}

function useSharedSearch(): string {
  const current = new URLSearchParams(useLocation().search);
  const kept = SHARED.flatMap((name) => {
    const value = current.get(name);
    return value === null || value === '' ? [] : [[name, value]];
  });
  return new URLSearchParams(kept).toString();
}
