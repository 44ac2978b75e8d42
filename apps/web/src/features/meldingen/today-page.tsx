import './meldingen.css';

import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';

import { calibrationsToScoreQuery } from '../../api/calibrations-to-score.js';
import {
  countOf,
  meldingCountsQuery,
  MELDING_LISTS,
  URGENCIES,
  type MeldingCounts,
  UNASSIGNED,
} from '../../api/meldingen.js';
import { useCan } from '../../app/session.js';
import { useBeside } from '../../ui/beside.js';
import { formatNumber } from '../../ui/dates.js';
import { FilterSelect } from '../../ui/filter-select.js';
import { Page } from '../../ui/page.js';
import { oneOf, useFilters } from '../../ui/use-filters.js';
import { MeldingenList } from './meldingen-list.js';
import { ToScore } from './to-score.js';

const FILTERS = ['status', 'dringend', 'van', 'melding'] as const;

/** The start page: a short ordered list of what asks for attention. */
export function Component() {
  const { t } = useTranslation(['meldingen', 'common']);
  const [filters, setFilters] = useFilters(FILTERS);
  const status = oneOf(MELDING_LISTS, filters.status) ?? 'open';
  const urgency = oneOf(URGENCIES, filters.dringend);
  const filter = { status, urgency, ofPersonId: filters.van };
  const counts = useQuery(meldingCountsQuery);
  const beside = useBeside((melding) => setFilters({ melding }));
  return (
    <Page title={t('title')} finding={<Finding open={counts.data?.open} late={counts.data?.late} />}>
      <div className="d-filters d-meldingen__filters">
        <FilterSelect
          label={t('status.label')}
          value={status}
          withoutEmpty
          options={MELDING_LISTS.map((each) => [
            each,
            counts.data === undefined
              ? t(`status.${each}`)
              : `${t(`status.${each}`)} (${formatNumber(countOf(counts.data, each))})`,
          ])}
          onChoose={(chosen) => setFilters({ status: chosen === 'open' ? undefined : chosen })}
        />
        <InboxChoice counts={counts.data} value={filters.van} onChoose={(van) => setFilters({ van })} />
        <FilterSelect
          label={t('urgency.label')}
          value={urgency}
          empty={t('urgency.all')}
          options={URGENCIES.map((each) => [each, t(`urgency.${each}`)])}
          onChoose={(dringend) => setFilters({ dringend })}
        />
      </div>
      <MeldingenList
        key={JSON.stringify(filter)}
        filter={filter}
        status={status}
        beside={beside}
        current={filters.melding}
      />
    </Page>
  );
}

function Finding({ open, late }: { open: number | undefined; late: number | undefined }) {
  const { t } = useTranslation('meldingen');
  const toScore = useQuery({ ...calibrationsToScoreQuery, enabled: useCan()('zrm-calibrations:read') }).data;
  if (open === undefined) return null;
  const hasToScore = toScore !== undefined && toScore.sessions > 0;
  return (
    <>
      {open === 0 && hasToScore ? null : t('finding', { count: open })}{' '}
      {late === undefined || late === 0 ? null : <span className="d-late">{t('findingLate', { count: late })}</span>}{' '}
      {hasToScore ? <ToScore toScore={toScore} /> : null}
    </>
  );
}

interface InboxChoiceProps {
  counts: MeldingCounts | undefined;
  value: string | undefined;
  onChoose: (personId: string) => void;
}

/** Whose meldingen: one's own, those of a colleague who is replaced, those that nobody is responsible for. */
function InboxChoice({ counts, value, onChoose }: InboxChoiceProps) {
  const { t } = useTranslation('meldingen');
  if (counts === undefined || (counts.replacing.length === 0 && counts.unassigned === undefined)) return null;
  const replaced = counts.replacing.map(({ personId, open }) => {
    const name = counts.names?.people[personId] ?? t('colleague');
    return [personId, t('inbox.of', { name, count: open })] as const;
  });
  const unassigned = counts.unassigned;
  return (
    <FilterSelect
      label={t('inbox.label')}
      value={value}
      empty={t('inbox.mine')}
      options={[
        ...replaced,
        ...(unassigned === undefined ? [] : [[UNASSIGNED, t('inbox.unassigned', { count: unassigned })] as const]),
      ]}
      onChoose={onChoose}
    />
  );
}
