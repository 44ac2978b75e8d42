import { Heading } from '@amsterdam/design-system-react';
import type { TFunction } from 'i18next';
import { useCallback, useId } from 'react';
import { useTranslation } from 'react-i18next';

import type { MatrixVersion } from '../../api/zrm.js';
import { Picture } from '../../ui/charts/picture.js';
import { formatDate, formatShortDate, formatShortMonth, today } from '../../ui/dates.js';
import { inLanguage } from '../../ui/problem-text.js';
import type { NameOf } from '../zrm/domain-names.js';
import type { DomainPicture, Point, ProgressPicture } from './chart-model.js';
import { eventText, eventWithDate, placeNames } from './event-text.js';
import { movesOn, shownBars } from './stay-band.js';
import { movesBetween, type Axis, type StaysPicture } from './stays-model.js';
import { trendHeight, trendOption } from './trend-option.js';

/** What the lines of all domains share. */
export interface TrendContext {
  picture: ProgressPicture;
  stays: StaysPicture;
  /** Whether the pictures have room for stays: also while they are fetched. */
  hasBand: boolean;
  axis: Axis;
  levels: MatrixVersion['levels'] | undefined;
}

interface TrendProps {
  domain: DomainPicture;
  context: TrendContext;
  nameOf: NameOf;
  size: 'large' | 'small';
}

/** One domain through time, under a title that says what happened, and where the client went just before. */
export function Trend({ domain, context, nameOf, size }: TrendProps) {
  const { t } = useTranslation('zrm-charts');
  const title = useId();
  const { picture, stays, hasBand, axis, levels } = context;
  const option = useCallback(
    (width: number) =>
      trendOption(
        {
          domain,
          picture,
          stays,
          hasBand,
          axis,
          today: today(),
          size,
          words: {
            places: (bar) => placeNames(t, bar),
            today: t('stays.today'),
            levelName: (level) => levelName(levels, level),
            month: formatShortMonth,
            version: (matrixVersion) => t('trend.version', { version: matrixVersion }),
          },
        },
        width,
      ),
    [domain, picture, stays, hasBand, axis, levels, size, t],
  );
  return (
    <figure className="d-chart" aria-labelledby={title}>
      <div>
        <Heading level={4} id={title}>
          {trendFinding(t, domain, nameOf(domain.domain))}
        </Heading>
        <MovedBefore domain={domain} stays={stays} />
      </div>
      <Picture
        height={trendHeight(size, hasBand)}
        option={option}
        alternative={[
          ...alternativeOf(t, domain),
          // Beside many small ones they stand in a picture of their own.
          ...(size === 'large' ? stays.events.map((event) => eventWithDate(t, event)) : []),
        ].join(' ')}
      />
    </figure>
  );
}

function levelName(levels: MatrixVersion['levels'] | undefined, level: number): string {
  const name = Object.entries(levels ?? {}).find(([code]) => code === String(level))?.[1];
  return name === undefined ? String(level) : `${level} ${inLanguage(name).toLowerCase()}`;
}

/** "Huisvesting ging van 3 naar 2 sinds 12 maart 2026". */
export function trendFinding(
  t: TFunction<'zrm-charts'>,
  { points, lastMove, since }: DomainPicture,
  name: string,
): string {
  const last = points.findLast(({ level }) => typeof level === 'number')?.level;
  if (last === undefined || since === undefined) return t('trend.never', { domain: name });
  if (lastMove === undefined) return t('trend.still', { domain: name, level: last, since: formatDate(since) });
  const { from, to, since: moved } = lastMove;
  return t('trend.move', { domain: name, from, to, since: formatDate(moved) });
}

/**
 * Where the client went between the ZRM of the last move of a level and the one before it. It says what happened, not why
 * the level moved.
 */
export function MovedBefore({ domain, stays }: { domain: DomainPicture; stays: StaysPicture }) {
  const { t } = useTranslation('zrm-charts');
  const text = movedBefore(t, domain, stays);
  return text === undefined ? null : <p className="d-small">{text}</p>;
}

function movedBefore(t: TFunction<'zrm-charts'>, { points, lastMove }: DomainPicture, stays: StaysPicture) {
  if (lastMove === undefined) return undefined;
  const before = points.findLast(({ date, level }) => date < lastMove.since && typeof level === 'number')?.date;
  const moves = before === undefined ? [] : movesBetween(stays, before, lastMove.since);
  const last = moves.at(-1);
  if (last === undefined) return undefined;
  const what = t('stays.onDay', { what: eventText(t, last), date: formatShortDate(last.date) });
  return moves.length === 1 ? t('stays.between', { what }) : t('stays.betweenMore', { count: moves.length, what });
}

/** A point as text, the same in the alternative of a picture and in its table. */
export function pointText(t: TFunction<'zrm-charts'>, level: Point['level']): string {
  return typeof level === 'number' ? String(level) : t(`level.${level}`);
}

function alternativeOf(t: TFunction<'zrm-charts'>, { points, baseline, target, others }: DomainPicture): string[] {
  return [
    t('trend.alternative'),
    ...points.map(({ date, level }) => t('trend.point', { date: formatShortDate(date), level: pointText(t, level) })),
    ...(baseline === undefined ? [] : [t('trend.baseline', { level: baseline.level })]),
    ...(target === undefined ? [] : [t('trend.target', { level: target.level })]),
    ...(others.length === 0 ? [] : [t('trend.others', { count: others.length })]),
  ];
}

/** What lines and marks mean; only of those that are there. */
export function TrendLegend({ picture, stays, axis }: Pick<TrendContext, 'picture' | 'stays' | 'axis'>) {
  const { t } = useTranslation('zrm-charts');
  const bars = shownBars(stays, axis);
  const { domains, versionChanges } = picture;
  const keys = [
    'now' as const,
    ...(domains.some(({ baseline }) => baseline !== undefined) ? ['baseline' as const] : []),
    ...(domains.some(({ target }) => target !== undefined) ? ['target' as const] : []),
    ...(domains.some(({ points }) => points.some(({ level }) => level === 'not-assessed')) ? ['dash' as const] : []),
    ...(domains.some(({ others }) => others.length > 0) ? ['cross' as const] : []),
    ...(versionChanges.length > 0 ? ['version' as const] : []),
    ...(bars.some(({ planned }) => !planned) ? ['stay' as const] : []),
    ...(bars.some(({ planned }) => planned) ? ['planned' as const] : []),
    ...(movesOn(stays, axis).length > 0 ? ['moved' as const] : []),
    ...(stays.away.length > 0 ? ['away' as const] : []),
  ];
  return (
    <ul className="d-chart__legend">
      {keys.map((key) => (
        <li key={key}>{t(`legend.${key}`)}</li>
      ))}
    </ul>
  );
}
