import { Button } from '@amsterdam/design-system-react';
import { useTranslation } from 'react-i18next';

import { formatNumber } from './dates.js';

interface MoreProps {
  shown: number;
  total: number | undefined;
  hasMore: boolean;
  busy: boolean;
  onMore: () => void;
}

/** How many of how many are shown, and the next page. */
export function More({ shown, total, hasMore, busy, onMore }: MoreProps) {
  const { t } = useTranslation();
  const text =
    total === undefined
      ? t('state.shownSome', { shown: formatNumber(shown) })
      : t('state.shown', { shown: formatNumber(shown), total: formatNumber(total) });
  return (
    <div className="d-more">
      <span className="d-muted" role="status">
        {text}
      </span>
      {hasMore ? (
        <Button type="button" variant="secondary" disabled={busy} onClick={onMore}>
          {busy ? t('state.busy') : t('action.more')}
        </Button>
      ) : null}
    </div>
  );
}
