import { Heading } from '@amsterdam/design-system-react';
import type { TFunction } from 'i18next';
import { useCallback, useId, useMemo } from 'react';
import { useTranslation } from 'react-i18next';

import { zrmLevels, type ZrmLevel } from '#contracts/assessment/codes.js';

import type { Agreement, LevelDistribution } from '../../api/calibration.js';
import type { MatrixVersion } from '../../api/zrm.js';
import { Picture } from '../../ui/charts/picture.js';
import { formatNumber, formatShare } from '../../ui/dates.js';
import { inLanguage } from '../../ui/problem-text.js';
import { agreementReading } from './agreement-reading.js';
import { levelsHeight, levelsOption } from './levels-option.js';

/** How one institution uses the levels of a domain, and what its clients said of themselves. */
export interface InstitutionLevels {
  readonly key: string;
  readonly name: string;
  readonly professional: LevelDistribution;
  readonly client: LevelDistribution;
  readonly agreement: Agreement;
}

interface LevelsFigureProps {
  lines: readonly InstitutionLevels[];
  levels: MatrixVersion['levels'];
  asTable: boolean;
}

/** One bar: of the professionals or of the clients of an institution. */
interface Bar {
  readonly key: string;
  readonly name: string;
  readonly distribution: LevelDistribution;
}

/** The levels of institutions side by side: a bar for what professionals gave, and one for what clients said themselves. */
export function LevelsFigure({ lines, levels, asTable }: LevelsFigureProps) {
  const { t } = useTranslation('calibration');
  const title = useId();
  const bars = useMemo(
    () =>
      lines.flatMap(({ key, name, professional, client }): Bar[] => [
        { key, name, distribution: professional },
        // Nobody said anything of themselves, or too few: no second bar, the table says so.
        ...(client.shown === false
          ? []
          : [{ key: `${key} client`, name: t('levels.byClient', { name }), distribution: client }]),
      ]),
    [lines, t],
  );
  const option = useCallback(
    (width: number) =>
      levelsOption(
        bars.map(({ name, distribution }) => ({
          name,
          shares: distribution.shown === true ? distribution.shares : undefined,
        })),
        width,
      ),
    [bars],
  );
  const canDraw = bars.some(({ distribution }) => distribution.shown === true);
  return (
    <figure className="d-chart" aria-labelledby={title}>
      <Heading level={3} id={title}>
        <LevelsFinding lines={lines} />
      </Heading>
      {asTable || !canDraw ? null : (
        <>
          <Picture
            height={levelsHeight(bars.length)}
            option={option}
            alternative={[
              t('levels.alternative'),
              ...bars.map(({ name, distribution }) => `${name}: ${distributionText(t, distribution)}.`),
            ].join(' ')}
          />
          <ul className="d-chart__legend">
            {zrmLevels.map((level) => (
              <li key={level}>
                <span className={`d-level d-level--${level}`}>{level}</span> {inLanguage(levels[level])}
              </li>
            ))}
          </ul>
        </>
      )}
      {asTable || !canDraw ? <LevelsTable lines={lines} /> : null}
      <p className="d-small d-muted d-measure">{t('levels.about')}</p>
    </figure>
  );
}

function distributionText(t: TFunction<'calibration'>, distribution: LevelDistribution): string {
  if (distribution.shown === false) return t('levels.tooFew');
  if (distribution.shown === 'in-part') return t('levels.withheld');
  return zrmLevels.map((level) => `${level}: ${formatShare(distribution.shares[level])}`).join(', ');
}

/** The widest difference between institutions, in one sentence. */
function LevelsFinding({ lines }: { lines: readonly InstitutionLevels[] }) {
  const { t } = useTranslation('calibration');
  const means = lines.flatMap(({ name, professional }) =>
    professional.shown === true ? [{ name, mean: professional.mean }] : [],
  );
  means.sort((a, b) => a.mean - b.mean);
  const [lowest, highest] = [means.at(0), means.at(-1)];
  if (lowest === undefined || highest === undefined) {
    const isPart = lines.some(({ professional }) => professional.shown === 'in-part');
    return isPart ? t('levels.inPart') : t('levels.nothing', { count: lines.length });
  }
  const meanText = (mean: number): string => formatNumber(mean, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
  if (means.length === 1) return t('levels.one', { name: lowest.name, mean: meanText(lowest.mean) });
  return t('levels.finding', {
    highest: highest.name,
    high: meanText(highest.mean),
    lowest: lowest.name,
    low: meanText(lowest.mean),
  });
}

function LevelsTable({ lines }: { lines: readonly InstitutionLevels[] }) {
  const { t } = useTranslation('calibration');
  const label = t('levels.table');
  return (
    <div className="d-heat" role="region" aria-label={label} tabIndex={0}>
      <table>
        <caption className="ams-visually-hidden">{label}</caption>
        <thead>
          <tr>
            <th scope="col">{t('institution')}</th>
            <th scope="col">{t('levels.who')}</th>
            {zrmLevels.map((level) => (
              <th key={level} scope="col">
                {t('levels.level', { level })}
              </th>
            ))}
            <th scope="col">{t('levels.count')}</th>
            <th scope="col">{t('levels.mean')}</th>
            <th scope="col">{t('levels.agreement')}</th>
          </tr>
        </thead>
        <tbody>
          {lines.flatMap(({ key, name, professional, client, agreement }) => [
            <tr key={key}>
              <th scope="row">{name}</th>
              <td>{t('levels.professional')}</td>
              <LevelCells distribution={professional} />
              <td className="d-heat__text">{agreementReading(t, agreement)}</td>
            </tr>,
            <tr key={`${key} client`}>
              <th scope="row">{name}</th>
              <td>{t('levels.client')}</td>
              <LevelCells distribution={client} />
              <td />
            </tr>,
          ])}
        </tbody>
      </table>
    </div>
  );
}

function LevelCells({ distribution }: { distribution: LevelDistribution }) {
  const { t } = useTranslation('calibration');
  if (distribution.shown === false) {
    return (
      <td colSpan={zrmLevels.length + 2} className="d-heat__text">
        {t('levels.tooFew')}
      </td>
    );
  }
  const countOf = (level: ZrmLevel): number | undefined => distribution.counts[level];
  return (
    <>
      {zrmLevels.map((level) => (
        <td key={level}>
          {countOf(level) ?? t('levels.hidden')}
          {distribution.shown === true ? (
            <span className="d-muted"> ({formatShare(distribution.shares[level])})</span>
          ) : null}
        </td>
      ))}
      <td>{distribution.shown === true ? distribution.assessed : t('levels.withheld')}</td>
      <td>
        {distribution.shown === true
          ? formatNumber(distribution.mean, { minimumFractionDigits: 1, maximumFractionDigits: 1 })
          : t('levels.withheld')}
      </td>
    </>
  );
}
