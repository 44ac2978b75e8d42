import { Button } from '@amsterdam/design-system-react';
import type { InfiniteData, UseInfiniteQueryResult } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';

import type { Page } from '../api/http.js';
import { rowsOf, totalOf } from '../api/paging.js';
import { formatNumber } from './dates.js';

interface MoreProps<T> {
  of: Pick<
    UseInfiniteQueryResult<InfiniteData<Page<T>>>,
    'data' | 'hasNextPage' | 'isFetchingNextPage' | 'fetchNextPage'
  >;
}

/** How many of how many are shown, and the next page. */
export function More<T>({ of: query }: MoreProps<T>) {
  const { t } = useTranslation();
  const shown = rowsOf(query.data).length;
  const total = totalOf(query.data);
  const text =
    total === undefined
      ? t('state.shownSome', { shown: formatNumber(shown) })
      : t('state.shown', { shown: formatNumber(shown), total: formatNumber(total) });
  return (
    <div className="d-more">
      <span className="d-muted" role="status">
        {text}
      </span>
      {query.hasNextPage ? (
        <Button
          type="button"
          variant="secondary"
          disabled={query.isFetchingNextPage}
          onClick={() => void query.fetchNextPage()}
        >
          {query.isFetchingNextPage ? t('state.busy') : t('action.more')}
        </Button>
      ) : null}
    </div>
  );
}
