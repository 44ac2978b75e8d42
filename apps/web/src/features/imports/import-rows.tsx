import { Select } from '@amsterdam/design-system-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';

import {
  importRowsQuery,
  ROW_OUTCOMES,
  type ImportDoor,
  type ImportRow,
  type ImportRowOutcome,
  type ImportSummary,
} from '../../api/imports.js';
import { rowsOf } from '../../api/paging.js';
import { DataTable, type Column } from '../../ui/data-table.js';
import { formatNumber } from '../../ui/dates.js';
import { More } from '../../ui/more.js';
import { inLanguage } from '../../ui/problem-text.js';
import { Empty, Failure, Loading } from '../../ui/states.js';
import { oneOf, useFilters } from '../../ui/use-filters.js';

const FILTERS = ['uitkomst'] as const;

function countOf({ rows }: ImportSummary, outcome: ImportRowOutcome): number {
  return outcome === 'error' ? rows.errors : rows[outcome];
}

/** The rows of a file, the ones with errors first to choose from. */
export function ImportRows({ door, summary }: { door: ImportDoor; summary: ImportSummary }) {
  const { t } = useTranslation('imports');
  const [filters, setFilters] = useFilters(FILTERS);
  const outcome = oneOf(ROW_OUTCOMES, filters.uitkomst);
  const query = useInfiniteQuery(importRowsQuery(door, summary.importId, outcome, summary.state));
  const rows = rowsOf(query.data);
  const columns = useRowColumns();
  return (
    <>
      <div className="d-filters">
        <label>
          {t('outcomeFilter')}
          <Select value={outcome ?? ''} onChange={(event) => setFilters({ uitkomst: event.target.value })}>
            <Select.Option value="">
              {t('outcomeCount', { outcome: t('allRows'), number: formatNumber(summary.rows.total) })}
            </Select.Option>
            {ROW_OUTCOMES.filter((each) => countOf(summary, each) > 0 || each === outcome).map((each) => (
              <Select.Option key={each} value={each}>
                {t('outcomeCount', { outcome: t(`outcome.${each}`), number: formatNumber(countOf(summary, each)) })}
              </Select.Option>
            ))}
          </Select>
        </label>
      </div>
      {query.isPending ? <Loading shape="table" /> : null}
      {query.error === null ? null : <Failure error={query.error} onRetry={() => void query.refetch()} />}
      {query.isSuccess && rows.length === 0 ? <Empty title={t('noRows')} /> : null}
      {rows.length === 0 ? null : (
        <DataTable
          name="import-rows"
          caption={t('outcomeFilter')}
          columns={columns}
          rows={rows}
          keyOf={(row) => String(row.row)}
          footer={<More of={query} />}
        />
      )}
    </>
  );
}

function useRowColumns(): Column<ImportRow>[] {
  const { t } = useTranslation('imports');
  return useMemo(
    () => [
      { id: 'row', header: t('column.row'), isName: true, cell: (row) => row.row },
      {
        id: 'outcome',
        header: t('column.outcome'),
        cell: (row) => (
          <span className={row.outcome === 'error' || row.outcome === 'refused' ? 'd-late' : undefined}>
            {t(`outcome.${row.outcome}`)}
          </span>
        ),
      },
      { id: 'problems', header: t('column.problems'), cell: (row) => <Problems row={row} /> },
      { id: 'values', header: t('column.values'), cell: (row) => <Values row={row} /> },
    ],
    [t],
  );
}

function Problems({ row }: { row: ImportRow }) {
  const { t } = useTranslation('imports');
  return (
    <ul>
      {row.problems.map((problem) => (
        <li key={`${problem.path}-${problem.code}`}>
          {problem.path === ''
            ? inLanguage(problem)
            : t('problem', { column: problem.path, text: inLanguage(problem) })}
        </li>
      ))}
      {row.warnings.map((warning) => (
        <li key={`${warning.path}-${warning.code}`} className="d-muted">
          {t('warning', { text: inLanguage(warning) })}
        </li>
      ))}
    </ul>
  );
}

function Values({ row }: { row: ImportRow }) {
  const wrong = new Set(row.problems.map((problem) => problem.path));
  const filled = Object.entries(row.values).filter(([column, value]) => value !== '' || wrong.has(column));
  return (
    <dl className="d-values">
      {filled.map(([column, value]) => (
        <div key={column} className={wrong.has(column) ? 'd-values__wrong' : undefined}>
          <dt>{column}</dt>
          <dd>{value === '' ? '–' : value}</dd>
        </div>
      ))}
    </dl>
  );
}
