import { Button } from '@amsterdam/design-system-react';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';

import { fundingFrameLabels, placeKindLabels, zwaarteLabels } from '#contracts/code-labels.js';
import { fundingFrames, placeKinds, zwaartes } from '#contracts/codes.js';

import { bedNightsQuery, type BedNightGroup, type BedNightGrouping } from '../../api/places.js';
import { DataTable, type Column } from '../../ui/data-table.js';
import { addDays, formatDate, formatMonth, formatNumber, formatShare, today } from '../../ui/dates.js';
import { FilterDate } from '../../ui/filter-date.js';
import { FilterSelect } from '../../ui/filter-select.js';
import { Page } from '../../ui/page.js';
import { inLanguage } from '../../ui/problem-text.js';
import { Empty, Loading, Ready } from '../../ui/states.js';
import { oneOf, useFilters } from '../../ui/use-filters.js';
import { isCivilDate } from '../../ui/date-text.js';
import { PERIODS, periodOf, shareOf, totalOf } from './bed-nights.js';
import { InstitutionFilter } from './institution-filter.js';
import { PlacesTabs } from './places-tabs.js';

const FILTERS = ['van', 'tm', 'per', 'instelling'] as const;
const GROUPINGS = [
  'organisation',
  'cluster',
  'kind',
  'zwaarte',
  'funding-frame',
  'month',
] as const satisfies readonly BedNightGrouping[];

/** How many of the nights that places were open somebody stayed there, in a past period, by what one chooses. */
export function Component() {
  const { t } = useTranslation(['places', 'common']);
  const [filters, setFilters] = useFilters(FILTERS);
  const lastNight = addDays(today(), -1);
  const first = periodOf('last-month', today());
  const from = filters.van !== undefined && isCivilDate(filters.van) ? filters.van : first.from;
  const last = filters.tm !== undefined && isCivilDate(filters.tm) ? filters.tm : first.last;
  const groupBy = oneOf(GROUPINGS, filters.per) ?? 'organisation';
  const query = useQuery({
    ...bedNightsQuery({ from, until: addDays(last, 1), groupBy, organisationId: filters.instelling }),
    placeholderData: (previous) => previous,
  });
  const columns = useColumns(groupBy);
  const groups = query.data?.groups ?? [];
  const total = totalOf(groups);
  return (
    <Page
      title={t('nights.title')}
      finding={query.isSuccess ? <Finding groups={groups} from={from} last={last} /> : undefined}
    >
      <PlacesTabs />
      <div className="d-filters">
        <FilterDate
          label={t('nights.from')}
          value={from}
          max={lastNight}
          onChoose={(van) => setFilters({ van, tm: last })}
        />
        <FilterDate
          label={t('nights.last')}
          value={last}
          min={from}
          max={lastNight}
          onChoose={(tm) => setFilters({ van: from, tm })}
        />
        <FilterSelect
          label={t('nights.per')}
          value={groupBy}
          withoutEmpty
          options={GROUPINGS.map((each) => [each, t(`nights.by.${each}`)])}
          onChoose={(per) => setFilters({ per })}
        />
        <InstitutionFilter value={filters.instelling} onChoose={(instelling) => setFilters({ instelling })} />
      </div>
      <div className="d-actions" role="group" aria-label={t('nights.quick')}>
        {PERIODS.map((name) => {
          const period = periodOf(name, today());
          const chosen = period.from === from && period.last === last;
          return (
            <Button
              key={name}
              type="button"
              variant="tertiary"
              aria-pressed={chosen}
              onClick={() => setFilters({ van: period.from, tm: period.last })}
            >
              {t(`nights.periods.${name}`)}
            </Button>
          );
        })}
      </div>
      <Ready query={query} loading={<Loading shape="table" columns={6} />}>
        {() =>
          groups.length === 0 || total.available === 0 ? (
            <Empty title={t('nights.empty')}>
              <p>{t('nights.emptyHelp')}</p>
            </Empty>
          ) : (
            <DataTable
              name="bed-nights"
              caption={t('nights.caption', { from: formatDate(from), last: formatDate(last) })}
              columns={columns}
              rows={groups}
              keyOf={(group) => group.key}
              {...(groups.length > 1 ? { total } : {})}
              exportAs={`bednachten-${from}-tm-${last}`}
            />
          )
        }
      </Ready>
    </Page>
  );
}

/** What the numbers say, in one sentence; and what is not in them. */
function Finding({ groups, from, last }: { groups: readonly BedNightGroup[]; from: string; last: string }) {
  const { t } = useTranslation('places');
  const { available, occupied = 0 } = totalOf(groups.filter((group) => !group.suppressed));
  const suppressed = groups.filter((group) => group.suppressed).length;
  if (available === 0) return suppressed === 0 ? null : t('nights.allSuppressed');
  const finding = t('nights.finding', {
    from: formatDate(from),
    last: formatDate(last),
    occupied: formatNumber(occupied),
    available: formatNumber(available),
    share: formatShare(occupied / available),
  });
  return suppressed === 0 ? finding : `${finding} ${t('nights.suppressed', { count: suppressed })}`;
}

/** How a group is called: an institution or cluster by its name, a code by its label, a month in words. */
function groupText({ key, name }: BedNightGroup, groupBy: BedNightGrouping, unknown: string): string {
  switch (groupBy) {
    case 'organisation':
    case 'cluster':
      return name ?? unknown;
    case 'kind':
      return labelOf(placeKinds, placeKindLabels, key);
    case 'zwaarte':
      return labelOf(zwaartes, zwaarteLabels, key);
    case 'funding-frame':
      return labelOf(fundingFrames, fundingFrameLabels, key);
    case 'month':
      return formatMonth(key);
  }
}

function labelOf<Code extends string>(
  codes: readonly Code[],
  labels: Readonly<Record<Code, { nl: string; en: string }>>,
  key: string,
): string {
  const code = oneOf(codes, key);
  return code === undefined ? key : inLanguage(labels[code]);
}

function useColumns(groupBy: BedNightGrouping): Column<BedNightGroup>[] {
  const { t } = useTranslation('places');
  return useMemo(() => {
    const nameOf = (group: BedNightGroup): string =>
      group.key === '' ? t('nights.total') : groupText(group, groupBy, t('nights.unknown'));
    const number = (id: 'available' | 'occupied' | 'onLeave' | 'clients'): Column<BedNightGroup> => {
      const text = (group: BedNightGroup): string => {
        const count = group[id];
        if (count !== undefined) return formatNumber(count);
        return group.suppressed ? t('quality.tooFew') : '';
      };
      return {
        id,
        header: t(`nights.${id}`),
        align: 'end',
        cell: text,
        text: (group) => String(group[id] ?? (group.suppressed ? t('quality.tooFew') : '')),
        by: (group) => group[id],
      };
    };
    return [
      {
        id: 'group',
        header: t(`nights.by.${groupBy}`),
        isName: true,
        cell: nameOf,
        text: nameOf,
        by: (group) => (groupBy === 'month' ? group.key : nameOf(group)),
      },
      number('available'),
      number('occupied'),
      {
        id: 'share',
        header: t('nights.share'),
        cell: (group) => {
          const share = shareOf(group);
          return share === undefined ? null : (
            <span className="d-share">
              <meter min={0} max={1} value={share} aria-hidden="true" />
              {formatShare(share)}
            </span>
          );
        },
        text: (group) => {
          const share = shareOf(group);
          return share === undefined ? '' : formatShare(share);
        },
        by: shareOf,
      },
      number('onLeave'),
      number('clients'),
    ];
  }, [t, groupBy]);
}
