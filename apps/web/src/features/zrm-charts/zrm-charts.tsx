import './zrm-charts.css';

import { Button, Heading } from '@amsterdam/design-system-react';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';

import { housingQuery } from '../../api/housing.js';
import type { MatrixVersions, MeasurementListed, ProgressOfClient } from '../../api/zrm.js';
import { formatDate, today } from '../../ui/dates.js';
import { FilterSelect } from '../../ui/filter-select.js';
import { Loading } from '../../ui/states.js';
import { useFilters } from '../../ui/use-filters.js';
import { useTableKey } from '../../ui/use-table-key.js';
import type { NameOf } from '../zrm/domain-names.js';
import { changesOf, progressPicture, type DomainPicture } from './chart-model.js';
import { Radar } from './radar.js';
import { axisOf, NO_STAYS, staysPicture, type StaysPicture } from './stays-model.js';
import { StaysOnPaper, StaysStrip } from './stays-strip.js';
import { Trend, TrendLegend, type TrendContext } from './trend.js';
import { TrendTable } from './trend-table.js';

const FILTERS = ['beeld', 'domein'] as const;

interface ZrmChartsProps {
  clientId: string;
  progress: ProgressOfClient;
  zrms: readonly MeasurementListed[];
  versions: MatrixVersions;
  nameOf: NameOf;
}

/**
 * The same progress as in the grid, as pictures: around a circle, and per domain through time, with where the client stayed.
 * One key makes tables of them.
 */
export function ZrmCharts({ clientId, progress, zrms, versions, nameOf }: ZrmChartsProps) {
  const { t } = useTranslation('zrm-charts');
  const [filters, setFilters] = useFilters(FILTERS);
  const asTable = filters.beeld === 'tabel';
  const toggle = (): void => setFilters({ beeld: asTable ? undefined : 'tabel' });
  useTableKey(toggle);
  const picture = useMemo(() => progressPicture(progress, zrms), [progress, zrms]);
  const { stays, isPending } = useStays(clientId);
  const firstZrm = picture.moments[0]?.date ?? today();
  const chosen = picture.domains.find(({ domain }) => domain === filters.domein);
  const context = useMemo((): TrendContext => {
    const levels = versions.items.find(({ code }) => code === progress.matrixVersion)?.levels;
    const hasBand = isPending || stays.bars.length > 0;
    return { picture, stays, hasBand, axis: axisOf(firstZrm, stays, today()), levels };
  }, [picture, stays, isPending, firstZrm, versions, progress.matrixVersion]);
  return (
    <section className="d-stack d-zrm-charts" aria-labelledby="zrm-pictures">
      <header className="d-zrm-charts__head">
        <Heading level={2} id="zrm-pictures">
          {t('title')}
        </Heading>
        <Button type="button" variant="secondary" aria-keyshortcuts="t" onClick={toggle}>
          {t(asTable ? 'asPicture' : 'asTable')} <kbd aria-hidden="true">t</kbd>
        </Button>
      </header>
      <Radar domains={picture.domains} nameOf={nameOf} asTable={asTable} />
      <section className="d-stack" aria-labelledby="zrm-trend">
        <Heading level={3} id="zrm-trend">
          <TrendFinding domains={picture.domains} from={firstZrm} />
        </Heading>
        {asTable ? (
          <TrendTable context={context} nameOf={nameOf} />
        ) : (
          <>
            <div className="d-filters d-zrm-charts__choice">
              <FilterSelect
                label={t('trend.choose')}
                value={chosen?.domain}
                empty={t('trend.all')}
                options={picture.domains.map(({ domain }) => [domain, nameOf(domain)])}
                onChoose={(domein) => setFilters({ domein })}
              />
            </div>
            {chosen === undefined && isPending ? <Loading rows={3} /> : null}
            {chosen === undefined && stays.bars.length > 0 ? <StaysStrip stays={stays} axis={context.axis} /> : null}
            <TrendLegend picture={picture} stays={stays} axis={context.axis} />
            <ul className={chosen === undefined ? 'd-trends' : 'd-trends d-trends--one'}>
              {(chosen === undefined ? picture.domains : [chosen]).map((domain) => (
                <li key={domain.domain}>
                  <Trend
                    domain={domain}
                    context={context}
                    nameOf={nameOf}
                    size={chosen === undefined ? 'small' : 'large'}
                  />
                </li>
              ))}
            </ul>
            <StaysOnPaper stays={stays} />
          </>
        )}
      </section>
    </section>
  );
}

/** What the lines together say, in one sentence. */
function TrendFinding({ domains, from }: { domains: readonly DomainPicture[]; from: string }) {
  const { t } = useTranslation('zrm-charts');
  const { up, down, same, later } = changesOf(domains);
  if (up + down + same === 0) return t('trend.one');
  const parts = [
    ...(up === 0 ? [] : [t('trend.up', { count: up })]),
    ...(down === 0 ? [] : [t('trend.down', { count: down })]),
    ...(same === 0 ? [] : [t('trend.same', { count: same })]),
    ...(later === 0 ? [] : [t('trend.later', { count: later })]),
  ];
  return t('trend.finding', { from: formatDate(from), changes: parts.join(', ') });
}

/** Where the client stayed, as the client's file says it. Without an answer the pictures only miss that. */
function useStays(clientId: string): { stays: StaysPicture; isPending: boolean } {
  const { data, isPending } = useQuery(housingQuery(clientId));
  const stays = useMemo(() => (data === undefined ? NO_STAYS : staysPicture(data.stays, today())), [data]);
  return { stays, isPending };
}
