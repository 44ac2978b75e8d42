import { Alert, Button, Paragraph, Skeleton } from '@amsterdam/design-system-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { CopyText } from './copy-text.js';
import { describeProblem } from './problem-text.js';

/** The shape of what comes, while it is on its way. */
export function Loading({
  shape = 'lines',
  rows = 5,
  columns = 4,
}: {
  shape?: 'lines' | 'table';
  rows?: number;
  columns?: number;
}) {
  const { t } = useTranslation();
  return (
    <div className="d-loading" role="status">
      <span className="ams-visually-hidden">{t('state.loading')}</span>
      <Skeleton>
        {shape === 'table' ? <Skeleton.Table columns={columns} rows={rows} /> : <Skeleton.Paragraph lines={rows} />}
      </Skeleton>
    </div>
  );
}

/** What would be here, and how it gets here. */
export function Empty({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <div className="d-empty">
      <p className="d-empty__title">{title}</p>
      {children}
    </div>
  );
}

interface FailureProps {
  error: unknown;
  /** Undefined when trying again makes no sense. */
  onRetry?: (() => void) | undefined;
  retryLabel?: string;
  headingLevel?: 2 | 3 | 4;
}

/** What happened, what to do, and the number to pass on. */
export function Failure({ error, onRetry, retryLabel, headingLevel = 2 }: FailureProps) {
  const { t } = useTranslation();
  const text = describeProblem(error);
  return (
    <Alert heading={text.title} headingLevel={headingLevel} severity="error" role="alert">
      {text.help === undefined ? null : <Paragraph>{text.help}</Paragraph>}
      {text.correlationId === undefined ? null : <CopyText label={t('error.reference')} text={text.correlationId} />}
      {onRetry === undefined ? null : (
        <Button variant="secondary" type="button" onClick={onRetry}>
          {retryLabel ?? t('action.retry')}
        </Button>
      )}
    </Alert>
  );
}

interface QueryLike<T> {
  data: T | undefined;
  error: unknown;
  isPending: boolean;
  refetch: () => unknown;
}

interface ReadyProps<T> {
  query: QueryLike<T>;
  loading?: ReactNode;
  children: (data: T) => ReactNode;
}

/** Shows loading, failure or the data. Data that was shown stays when a later refresh fails, with the failure above it. */
export function Ready<T>({ query, loading, children }: ReadyProps<T>) {
  const failure =
    query.error === null || query.error === undefined ? null : (
      <Failure error={query.error} onRetry={() => void query.refetch()} />
    );
  if (query.data === undefined) return failure ?? loading ?? <Loading />;
  return (
    <>
      {failure}
      {children(query.data)}
    </>
  );
}
