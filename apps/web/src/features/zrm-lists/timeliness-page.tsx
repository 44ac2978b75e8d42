import './zrm-lists.css';

import { Heading, Paragraph } from '@amsterdam/design-system-react';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';

import {
  zrmHistoryAddress,
  zrmTimelinessAddress,
  zrmTimelinessQuery,
  type TimelinessRow,
  type ZrmTimeliness,
} from '../../api/zrm-lists.js';
import { useCan } from '../../app/session.js';
import { DataTable, type Column } from '../../ui/data-table.js';
import { formatDate, formatInstant, formatNumber, formatShare, today } from '../../ui/dates.js';
import { FilterSelect } from '../../ui/filter-select.js';
import { Page } from '../../ui/page.js';
import { Empty, Loading, Ready } from '../../ui/states.js';
import { useFilters } from '../../ui/use-filters.js';
import { figurePeriods, type FigurePeriod, nextFixedQuarter } from './quarters.js';
import { ZrmTabs } from './zrm-tabs.js';

const FILTERS = ['periode'] as const;

/** Are ZRMs filled in on time, per institution and in the region, and who has a baseline and a target (domain.md §4)? */
export function Component() {
  const { t } = useTranslation('zrm-lists');
  const can = useCan();
  const [filters, setFilters] = useFilters(FILTERS);
  // Who sees no clients sees aggregates only.
  const periods = figurePeriods(today(), !can('zrm:read'));
  const [first] = periods;
  const period = periods.find(({ key }) => key === filters.periode) ?? first;
  const periodText = usePeriodText();
  return (
    <Page title={t('figures.title')} finding={<Finding period={period} />}>
      <ZrmTabs />
      <div className="d-filters">
        <FilterSelect
          label={t('figures.period')}
          value={period.key}
          withoutEmpty
          options={periods.map((each) => [each.key, periodText(each)])}
          onChoose={(periode) => setFilters({ periode: periode === first.key ? undefined : periode })}
        />
      </div>
      <Figures period={period} />
      <TakeAlong period={period} />
    </Page>
  );
}

function useFigures({ from, until }: FigurePeriod) {
  return useQuery({ ...zrmTimelinessQuery({ from, until }), placeholderData: (previous) => previous });
}

/** What the figures say in one sentence: of all together, or else of the one that is shown. */
function Finding({ period }: { period: FigurePeriod }) {
  const { t } = useTranslation('zrm-lists');
  const { data } = useFigures(period);
  const periodText = usePeriodText();
  if (data === undefined) return null;
  const { fellDue, shareOnTime } = data.rows.length === 1 ? (data.rows[0] ?? {}) : (data.region ?? {});
  const when = periodText(period);
  if (fellDue === 0 || data.rows.length === 0) return t('figures.nothing', { when });
  if (fellDue === undefined || shareOnTime === undefined) return t('figures.hidden', { when });
  return t('figures.finding', { count: fellDue, share: formatShare(shareOnTime), when });
}

function Figures({ period }: { period: FigurePeriod }) {
  const { t } = useTranslation('zrm-lists');
  const query = useFigures(period);
  const columns = useColumns();
  return (
    <Ready query={query} loading={<Loading shape="table" columns={7} />}>
      {(figures) =>
        figures.rows.length === 0 ? (
          <Empty title={t('figures.empty')}>
            <p>{t('figures.emptyHelp')}</p>
          </Empty>
        ) : (
          <>
            <DataTable
              name="zrm-figures"
              caption={t('figures.caption')}
              columns={columns}
              rows={figures.rows}
              keyOf={({ organisationId }) => organisationId}
              {...(figures.region === undefined ? {} : { total: figures.region })}
            />
            <Explanation figures={figures} />
          </>
        )
      }
    </Ready>
  );
}

/** What is counted how, and as of when. */
function Explanation({ figures }: { figures: ZrmTimeliness }) {
  const { t } = useTranslation('zrm-lists');
  const periodText = usePeriodText();
  const next = nextFixedQuarter(today());
  const isHidden = [...figures.rows, ...(figures.region === undefined ? [] : [figures.region])].some(
    ({ fellDue, onTime, late, open, lapsed, clients, complete }) =>
      [fellDue, onTime, late, open, lapsed, clients, complete].includes(undefined),
  );
  return (
    <div className="d-stack d-measure">
      {figures.fixed === true ? (
        <p className="d-note">
          {t('figures.fixed', { date: formatDate(figures.asOf) })}{' '}
          {t('figures.nextFixed', { when: periodText(next.quarter), date: formatDate(next.on) })}
        </p>
      ) : null}
      {figures.region === undefined ? <p className="d-note">{t('figures.noRegion')}</p> : null}
      {isHidden ? <p className="d-note">{t('figures.someHidden')}</p> : null}
      <details>
        <summary>{t('figures.meaning')}</summary>
        <ul>
          {(['due', 'onTime', 'late', 'open', 'lapsed', 'median', 'complete', 'where'] as const).map((each) => (
            <li key={each}>{t(`figures.means.${each}`)}</li>
          ))}
        </ul>
      </details>
      {figures.fixed === true ? null : (
        <p className="d-muted d-small">
          {t('figures.asOf', { date: formatDate(figures.asOf), at: formatInstant(figures.reckonedAt) })}
        </p>
      )}
    </div>
  );
}

/** The figures as a file, and, for an institution, all ZRMs of its clients. */
function TakeAlong({ period: { from, until } }: { period: FigurePeriod }) {
  const { t } = useTranslation('zrm-lists');
  const mayTakeAll = useCan()('zrm-history:read');
  const formats = [
    ['csv', 'CSV'],
    ['xlsx', 'Excel'],
  ] as const;
  return (
    <section className="d-stack" aria-labelledby="take-along">
      <Heading level={2} id="take-along">
        {t('figures.takeAlong')}
      </Heading>
      <div className="d-actions">
        {formats.map(([format, name]) => (
          <a key={format} className="ams-link" href={zrmTimelinessAddress({ from, until }, format)} download>
            {t('figures.save', { format: name })}
          </a>
        ))}
      </div>
      {mayTakeAll ? (
        <>
          <Paragraph>{t('figures.historyIntro')}</Paragraph>
          <div className="d-actions">
            {formats.map(([format, name]) => (
              <a key={format} className="ams-link" href={zrmHistoryAddress(format)} download>
                {t('figures.saveHistory', { format: name })}
              </a>
            ))}
          </div>
        </>
      ) : null}
    </section>
  );
}

function usePeriodText(): (period: FigurePeriod) => string {
  const { t } = useTranslation('zrm-lists');
  return ({ key, from }) => {
    const year = from.slice(0, 4);
    if (key === 'jaar') return t('figures.year', { year });
    const quarter = Math.floor((Number(from.slice(5, 7)) - 1) / 3) + 1;
    return t(key === 'nu' ? 'figures.running' : 'figures.quarter', { quarter, year });
  };
}

function useColumns(): Column<TimelinessRow>[] {
  const { t } = useTranslation('zrm-lists');
  return useMemo(() => {
    const few = t('figures.few');
    const nameOf = ({ organisationId, organisationName }: TimelinessRow): string =>
      organisationId === '' ? t('figures.region') : (organisationName ?? t('someone'));
    const number = (id: 'fellDue' | 'late' | 'open' | 'lapsed'): Column<TimelinessRow> => ({
      id,
      header: t(`figures.${id}`),
      align: 'end',
      cell: (row) => (row[id] === undefined ? few : formatNumber(row[id])),
      by: (row) => row[id],
      hiddenAtFirst: id === 'lapsed',
    });
    const share = (id: string, header: string, of: (row: TimelinessRow) => Share): Column<TimelinessRow> => ({
      id,
      header,
      cell: (row) => {
        const { part, whole } = of(row);
        if (whole === 0) return null;
        if (part === undefined || whole === undefined) return few;
        return (
          <span className="d-share">
            <meter min={0} max={1} value={part / whole} aria-hidden="true" />
            {t('figures.shareOf', {
              share: formatShare(part / whole),
              part: formatNumber(part),
              whole: formatNumber(whole),
            })}
          </span>
        );
      },
      by: (row) => {
        const { part, whole } = of(row);
        return part === undefined || whole === undefined || whole === 0 ? undefined : part / whole;
      },
    });
    const days = (id: 'medianDaysLate' | 'medianDays'): Column<TimelinessRow> => ({
      id,
      header: t(`figures.${id}`),
      align: 'end',
      cell: (row) => (row[id] === undefined ? '' : t('figures.days', { count: row[id], days: formatNumber(row[id]) })),
      by: (row) => row[id],
      hiddenAtFirst: id === 'medianDays',
    });
    return [
      { id: 'organisation', header: t('column.organisation'), isName: true, cell: nameOf, by: nameOf },
      number('fellDue'),
      share('onTime', t('figures.onTime'), ({ onTime, fellDue }) => ({ part: onTime, whole: fellDue })),
      number('late'),
      number('open'),
      number('lapsed'),
      days('medianDaysLate'),
      days('medianDays'),
      share('complete', t('figures.complete'), ({ complete, clients }) => ({ part: complete, whole: clients })),
    ];
  }, [t]);
}

interface Share {
  part: number | undefined;
  whole: number | undefined;
}
