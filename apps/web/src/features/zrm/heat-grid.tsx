import { Heading } from '@amsterdam/design-system-react';
import { useTranslation } from 'react-i18next';

import {
  domainStandingLabels,
  incomparabilityLabels,
  measurementKindLabels,
} from '#contracts/assessment/code-labels.js';

import type { DomainProgress, MeasurementListed, ProgressOfClient } from '../../api/zrm.js';
import { formatShortDate } from '../../ui/dates.js';
import { inLanguage } from '../../ui/problem-text.js';
import type { NameOf } from './domain-names.js';
import { Direction, Level, Track } from './level.js';

interface GridProps {
  progress: ProgressOfClient;
  zrms: readonly MeasurementListed[];
  nameOf: NameOf;
}

/** One ZRM in which something can be compared, as a column. */
interface Moment {
  measurementId: string;
  date: string;
  kind: MeasurementListed['kind'] | undefined;
}

/** On paper there is room for so many of the last. */
const MOST_ON_PAPER = 8;

const momentClass = (index: number, count: number): string =>
  count - index > MOST_ON_PAPER ? 'd-heat__moment d-heat__early' : 'd-heat__moment';

/** The ZRMs that the progress compares, oldest first. */
function momentsOf({ domains }: ProgressOfClient, zrms: readonly MeasurementListed[]): Moment[] {
  const kinds = new Map(zrms.map(({ measurementId, kind }) => [measurementId, kind]));
  const dates = new Map(domains.flatMap(({ series }) => series.map((point) => [point.measurementId, point.date])));
  return [...dates]
    .map(([measurementId, date]) => ({ measurementId, date, kind: kinds.get(measurementId) }))
    .sort((a, b) => a.date.localeCompare(b.date));
}

/**
 * Domains × time as a heat map that is a table: where the client stands first, then every ZRM since the baseline. It
 * scrolls within its own frame, so that the page never does.
 */
export function HeatGrid({ progress, zrms, nameOf }: GridProps) {
  const { t } = useTranslation('zrm');
  const moments = momentsOf(progress, zrms);
  return (
    <div className="d-stack">
      <p className="d-small d-muted">{t('grid.legend')}</p>
      <div className="d-heat" role="region" aria-label={t('grid.caption')} tabIndex={0}>
        <table>
          <caption className="ams-visually-hidden">{t('grid.caption')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('grid.domain')}</th>
              <th scope="col">{t('grid.now')}</th>
              <th scope="col">
                <span aria-hidden="true">○ </span>
                {t('grid.baseline')}
              </th>
              <th scope="col">
                <span aria-hidden="true">◎ </span>
                {t('grid.target')}
              </th>
              <th scope="col">{t('grid.way')}</th>
              {moments.map(({ measurementId, date, kind }, index) => (
                <th key={measurementId} scope="col" className={momentClass(index, moments.length)}>
                  {formatShortDate(date)}
                  {kind === undefined || kind === 'periodic' ? null : (
                    <span className="d-small">{inLanguage(measurementKindLabels[kind])}</span>
                  )}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {progress.domains.map((domain) => (
              <DomainRow key={domain.domain} domain={domain} moments={moments} nameOf={nameOf} />
            ))}
          </tbody>
        </table>
      </div>
      {moments.length <= MOST_ON_PAPER ? null : (
        <p className="d-print-note">{t('print.early', { count: moments.length - MOST_ON_PAPER })}</p>
      )}
      <Incomparable progress={progress} nameOf={nameOf} />
    </div>
  );
}

function DomainRow({ domain, moments, nameOf }: { domain: DomainProgress; moments: Moment[]; nameOf: NameOf }) {
  const { t } = useTranslation('zrm');
  const { baseline, target, current, standing, direction, lastMove } = domain;
  return (
    <tr>
      <th scope="row">{nameOf(domain.domain)}</th>
      <td>
        <Level score={current?.level} /> <Direction direction={direction} />
      </td>
      <td>
        <Level score={baseline?.level} />
      </td>
      <td>
        <Level score={target?.level} />
      </td>
      <td className="d-heat__way">
        <Track baseline={baseline?.level} target={target?.level} current={current?.level} />
        <span className="d-small">
          {inLanguage(domainStandingLabels[standing])}
          {lastMove === undefined ? null : (
            <>
              <br />
              {t('grid.move', { from: lastMove.from, to: lastMove.to, since: formatShortDate(lastMove.since) })}
            </>
          )}
        </span>
      </td>
      {moments.map(({ measurementId }, index) => (
        <td key={measurementId} className={momentClass(index, moments.length)}>
          <Level
            score={domain.series.find((point) => point.measurementId === measurementId)?.level ?? 'not-assessed'}
          />
        </td>
      ))}
    </tr>
  );
}

/** What another version of the matrix said, apart from the rest: it cannot be set beside it, and why not. */
function Incomparable({ progress, nameOf }: { progress: ProgressOfClient; nameOf: NameOf }) {
  const { t } = useTranslation('zrm');
  const { incomparable } = progress;
  if (incomparable.length === 0) return null;
  return (
    <section className="d-stack" aria-labelledby="zrm-incomparable">
      <Heading level={3} id="zrm-incomparable">
        {t('incomparable.title')}
      </Heading>
      <p className="d-measure">{t('incomparable.intro')}</p>
      <ul className="d-stack">
        {incomparable.map(({ measurementId, domain, matrixVersion, date, level, reason, related }) => (
          <li key={`${measurementId}${domain}`} className="d-inline">
            <Level score={level} />
            <span>
              {t('incomparable.line', {
                domain: nameOf(domain, matrixVersion),
                version: matrixVersion,
                date: formatShortDate(date),
                reason: inLanguage(incomparabilityLabels[reason]),
              })}
              {related.length === 0 ? null : ` (${related.map((each) => nameOf(each)).join(', ')})`}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
