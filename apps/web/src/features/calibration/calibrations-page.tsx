import './calibration.css';

import { Heading, Paragraph } from '@amsterdam/design-system-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

import { calibrationStateLabels } from '#contracts/assessment/code-labels.js';
import { calibrationStates } from '#contracts/assessment/codes.js';

import { calibrationsQuery, type CalibrationLine } from '../../api/calibration.js';
import { rowsOf } from '../../api/paging.js';
import { useCan } from '../../app/session.js';
import { DataTable, type Column } from '../../ui/data-table.js';
import { civilDateOf, formatDate, formatInstant, formatShortDate, today } from '../../ui/dates.js';
import { FilterSelect } from '../../ui/filter-select.js';
import { More } from '../../ui/more.js';
import { Page } from '../../ui/page.js';
import { inLanguage } from '../../ui/problem-text.js';
import { Empty, Failure, Loading } from '../../ui/states.js';
import { oneOf, useFilters } from '../../ui/use-filters.js';
import { ZrmTabs } from '../zrm-lists/zrm-tabs.js';

const FILTERS = ['stand'] as const;

/** Calibration sessions: first those in which the person has something to score, then all of them. */
export function Component() {
  const { t } = useTranslation(['calibration', 'common']);
  const can = useCan();
  const mayPlan = can('zrm-calibrations:write');
  const [filters, setFilters] = useFilters(FILTERS);
  const state = oneOf(calibrationStates, filters.stand);
  const own = useInfiniteQuery(calibrationsQuery({ toScore: true }));
  const query = useInfiniteQuery(calibrationsQuery({ state }));
  const toScore = rowsOf(own.data);
  const rows = rowsOf(query.data);
  const columns = useColumns();
  return (
    <Page
      title={t('list.title')}
      finding={own.isSuccess ? t('list.finding', { count: toScore.length }) : undefined}
      actions={
        mayPlan ? (
          <Link className="ams-button ams-button--primary" to="/zrm/ijking/nieuw">
            {t('list.plan')}
          </Link>
        ) : undefined
      }
    >
      <ZrmTabs />
      <Paragraph>{t('list.intro')}</Paragraph>
      {own.error === null ? null : <Failure error={own.error} onRetry={() => void own.refetch()} />}
      {toScore.length === 0 ? null : (
        <section className="d-stack" aria-labelledby="to-score">
          <Heading level={2} id="to-score">
            {t('list.toScore')}
          </Heading>
          <ul className="d-stack">
            {toScore.map((session) => (
              <ToScore key={session.sessionId} session={session} />
            ))}
          </ul>
        </section>
      )}
      <section className="d-stack" aria-labelledby="all-sessions">
        <Heading level={2} id="all-sessions">
          {t('list.all')}
        </Heading>
        <div className="d-filters">
          <FilterSelect
            label={t('list.state')}
            value={state}
            options={calibrationStates.map((each) => [each, inLanguage(calibrationStateLabels[each])])}
            onChoose={(stand) => setFilters({ stand })}
          />
        </div>
        {query.error === null ? null : <Failure error={query.error} onRetry={() => void query.refetch()} />}
        {query.isPending ? <Loading shape="table" /> : null}
        {query.isSuccess && rows.length === 0 ? (
          <Empty title={t('list.empty')}>
            <p>
              {state !== undefined
                ? t('common:state.emptyFiltered')
                : t(mayPlan ? 'list.emptyHelp' : 'list.emptyHelpRater')}
            </p>
          </Empty>
        ) : null}
        {rows.length === 0 ? null : (
          <DataTable
            name="calibrations"
            caption={t('list.all')}
            columns={columns}
            rows={rows}
            keyOf={({ sessionId }) => sessionId}
            exportAs="ijkingen"
            footer={<More of={query} />}
          />
        )}
      </section>
    </Page>
  );
}

/** Until when somebody should have scored, red when that has passed. */
function ScoreBy({ date }: { date: string | undefined }) {
  const { t } = useTranslation('calibration');
  if (date === undefined) return t('list.noDate');
  const isLate = date < today();
  return (
    <span className={isLate ? 'd-late' : undefined}>
      {t(isLate ? 'list.late' : 'list.until', { date: formatDate(date) })}
    </span>
  );
}

function ToScore({ session }: { session: CalibrationLine }) {
  const { t } = useTranslation('calibration');
  const { sessionId, scoreBy, createdBy, createdAt, cases, ownToScore, names } = session;
  return (
    <li className="d-card d-calibration__own">
      <div>
        <p>
          <strong>{t('list.left', { count: ownToScore, cases })}</strong> <ScoreBy date={scoreBy} />
        </p>
        <p className="d-muted d-small">
          {t('list.by', {
            name: names.people[createdBy] ?? t('someone'),
            date: formatShortDate(civilDateOf(createdAt)),
          })}
        </p>
      </div>
      <Link
        className="ams-button ams-button--primary"
        to={`/zrm/ijking/${sessionId}`}
        aria-label={t('list.scoreOf', { date: formatShortDate(civilDateOf(createdAt)) })}
      >
        {t('list.score')}
      </Link>
    </li>
  );
}

function useColumns(): Column<CalibrationLine>[] {
  const { t } = useTranslation('calibration');
  return useMemo(() => {
    const plannedText = ({ createdAt }: CalibrationLine): string => formatInstant(createdAt);
    const whoText = ({ createdBy, names }: CalibrationLine): string => names.people[createdBy] ?? t('someone');
    const readyText = ({ ratersReady, raters }: CalibrationLine): string =>
      t('list.ready', { ready: ratersReady, raters });
    const stateText = ({ state }: CalibrationLine): string => inLanguage(calibrationStateLabels[state]);
    return [
      {
        id: 'planned',
        header: t('list.planned'),
        isName: true,
        cell: (session) => (
          <Link className="ams-link" to={`/zrm/ijking/${session.sessionId}`}>
            {t('list.session', { date: plannedText(session) })}
          </Link>
        ),
        text: plannedText,
      },
      { id: 'state', header: t('list.state'), cell: stateText, text: stateText },
      {
        id: 'scoreBy',
        header: t('list.scoreBy'),
        nowrap: true,
        cell: ({ scoreBy, state }) =>
          scoreBy === undefined ? (
            ''
          ) : (
            <span className={state === 'open' && scoreBy < today() ? 'd-late' : undefined}>
              {formatShortDate(scoreBy)}
            </span>
          ),
        text: ({ scoreBy }) => scoreBy ?? '',
      },
      {
        id: 'cases',
        header: t('list.cases'),
        align: 'end',
        cell: ({ cases }) => cases,
        text: ({ cases }) => String(cases),
      },
      { id: 'ready', header: t('list.raters'), cell: readyText, text: readyText },
      {
        id: 'version',
        header: t('list.version'),
        cell: ({ matrixVersion }) => matrixVersion,
        text: (row) => row.matrixVersion,
        hiddenAtFirst: true,
      },
      { id: 'by', header: t('list.plannedBy'), cell: whoText, text: whoText },
    ];
  }, [t]);
}
