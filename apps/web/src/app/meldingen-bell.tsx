import { NotificationIcon } from '@amsterdam/design-system-react-icons';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

import { meldingCountsQuery } from '../api/meldingen.js';
import { formatNumber } from '../ui/dates.js';

/** How many meldingen wait; leads to exactly the list that it counts. */
export function MeldingenBell() {
  const { t } = useTranslation();
  const counts = useQuery(meldingCountsQuery);
  const open = counts.data?.open ?? 0;
  return (
    <Link to="/" className="d-bell" aria-label={t('bell.label', { count: open })}>
      <NotificationIcon fill="currentColor" />
      {open > 0 ? (
        <span className="d-bell__count" aria-hidden="true">
          {open > 99 ? '99+' : formatNumber(open)}
        </span>
      ) : null}
    </Link>
  );
}
