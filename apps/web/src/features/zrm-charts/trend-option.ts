import type { ChartOption } from '../../ui/charts/engine.js';
import { colours, CROSS, RING_IN_RING } from '../../ui/charts/colours.js';
import type { DomainPicture, ProgressPicture } from './chart-model.js';
import { bandAxis, bandSeries, movesOn, todaySeries, within, type BandWords } from './stay-band.js';
import type { Axis, StaysPicture } from './stays-model.js';
import { timeAxis, timeOf } from './time-axis.js';

interface TrendWords extends BandWords {
  /** Name of a level, for who looks at one domain. */
  levelName: (level: number) => string;
  month: (date: string) => string;
  version: (matrixVersion: string) => string;
}

interface TrendInput {
  domain: DomainPicture;
  picture: Pick<ProgressPicture, 'versionChanges'>;
  stays: StaysPicture;
  /** Whether there is room for the stays under the plot: also while they are fetched. */
  hasBand: boolean;
  axis: Axis;
  today: string;
  /** One domain with the names of the levels, or one of many under each other. */
  size: 'large' | 'small';
  words: TrendWords;
}

/** Narrower than this the names of levels take the room of the line. */
const ROOM_FOR_LEVEL_NAMES = 520;
/** Where a ZRM that gave no level is marked: under the lowest level. */
const NO_LEVEL = 0.4;
const LEVELS = [1, 2, 3, 4, 5] as const;
/** Pixels under the plot: for the months, and for stays, with their names or without. */
const FOOT = 24;
const BAND = { large: 22, small: 8 } as const;
/** Between the plot and the stays. */
const GAP = 4;

/** How high the picture of one domain is, in pixels. */
export function trendHeight(size: TrendInput['size'], hasBand: boolean): number {
  return (size === 'large' ? 320 : 132) + (hasBand ? BAND[size] + GAP : 0);
}

/**
 * One domain through time, levels 1 to 5: the line of what was assessed, baseline ○ and target ◎ as lines of their own kind,
 * a dash where nothing was assessed, a cross for what another version of the matrix said, and a line where the version
 * changed. Grey behind it: the client was away. Upright lines: the client came, moved or left; the bars under it are where
 * the client stayed.
 */
export function trendOption(input: TrendInput, width: number): ChartOption {
  const { domain, picture, stays, hasBand, axis, size, words } = input;
  const { until } = axis;
  const isLarge = size === 'large';
  const withNames = isLarge && width >= ROOM_FOR_LEVEL_NAMES;
  const { baseline, target, points, others } = domain;
  const still = { silent: true, emphasis: { disabled: true } } as const;
  const marks = isLarge ? 12 : 10;
  const left = withNames ? 168 : 20;
  const right = 14;
  const months = timeAxis({ ...axis, names: isLarge && width > 400 ? 6 : 2, month: words.month });
  const room = hasBand ? BAND[size] + GAP : 0;
  const band = { ...input, words: isLarge ? words : undefined, pixels: width - left - right };
  return {
    grid: [
      { left, right, top: isLarge ? 24 : 8, bottom: FOOT + room },
      ...(hasBand ? [{ left, right, height: BAND[size], bottom: FOOT }] : []),
    ],
    // The months stand under the lowest.
    xAxis: hasBand
      ? [
          { ...months, axisLabel: { show: false } },
          { ...months, gridIndex: 1, axisLine: { show: false } },
        ]
      : [months],
    yAxis: [
      {
        type: 'value',
        min: 0,
        max: 5.4,
        interval: 1,
        silent: true,
        axisLine: { show: false },
        axisTick: { show: false },
        splitLine: { show: false },
        axisLabel: {
          color: colours.muted,
          fontSize: 11,
          customValues: [...LEVELS],
          formatter: (level: number) => (withNames ? words.levelName(level) : String(level)),
        },
      },
      ...(hasBand ? [{ ...bandAxis, gridIndex: 1 }] : []),
    ],
    series: [
      {
        ...still,
        type: 'line',
        data: [],
        markLine: {
          silent: true,
          symbol: 'none',
          label: { show: false },
          lineStyle: { color: colours.line, width: 1, type: 'solid' },
          data: LEVELS.map((level) => ({ yAxis: level })),
        },
        markArea: {
          silent: true,
          itemStyle: { color: colours.sunken },
          data: within(stays.away, axis).map(({ from, until: end }) => [
            { xAxis: timeOf(from) },
            { xAxis: timeOf(end) },
          ]),
        },
      },
      {
        ...still,
        type: 'line',
        data: [],
        markLine: {
          silent: true,
          symbol: 'none',
          label: { show: false },
          data: movesOn(stays, axis).map(({ date, planned }) => ({
            xAxis: timeOf(date),
            lineStyle: { color: colours.muted, width: 1, type: planned ? 'dotted' : 'solid' },
          })),
        },
      },
      ...todaySeries(band, 0),
      {
        ...still,
        type: 'line',
        data: [],
        markLine: {
          silent: true,
          symbol: 'none',
          lineStyle: { color: colours.lineStrong, width: 1, type: 'dashed' },
          label: { show: isLarge, color: colours.muted, fontSize: 11, position: 'end' },
          data: picture.versionChanges.map(({ date, matrixVersion }) => ({
            xAxis: timeOf(date),
            label: { formatter: words.version(matrixVersion) },
          })),
        },
      },
      {
        ...still,
        type: 'line',
        data: target === undefined ? [] : [at(target.date, target.level), at(until, target.level)],
        showSymbol: false,
        lineStyle: { color: colours.accent, width: 1.5, type: 'dotted' },
      },
      {
        ...still,
        type: 'line',
        data: baseline === undefined ? [] : [at(baseline.date, baseline.level), at(until, baseline.level)],
        showSymbol: false,
        lineStyle: { color: colours.muted, width: 1.5, type: 'dashed' },
      },
      {
        ...still,
        type: 'line',
        data: points.map(({ date, level }) => at(date, typeof level === 'number' ? level : null)),
        connectNulls: false,
        showAllSymbol: true,
        symbol: 'circle',
        symbolSize: isLarge ? 8 : 6,
        lineStyle: { color: colours.text, width: 2.5 },
        itemStyle: { color: colours.text },
      },
      {
        ...still,
        type: 'scatter',
        data: baseline === undefined ? [] : [at(baseline.date, baseline.level)],
        symbol: 'circle',
        symbolSize: marks + 2,
        itemStyle: { color: 'none', borderColor: colours.muted, borderWidth: 1.5, opacity: 1 },
      },
      {
        ...still,
        type: 'scatter',
        data: target === undefined ? [] : [at(until, target.level)],
        symbol: RING_IN_RING,
        symbolSize: marks + 2,
        itemStyle: { color: 'none', borderColor: colours.accent, borderWidth: 1.5, opacity: 1 },
      },
      {
        ...still,
        type: 'scatter',
        data: points.flatMap(({ date, level }) => (level === 'not-assessed' ? [at(date, NO_LEVEL)] : [])),
        symbol: 'rect',
        symbolSize: [9, 2],
        itemStyle: { color: colours.muted, opacity: 1 },
      },
      {
        ...still,
        type: 'scatter',
        data: others.map(({ date, level }) => at(date, level)),
        symbol: CROSS,
        symbolSize: marks - 2,
        itemStyle: { color: 'none', borderColor: colours.muted, borderWidth: 1.5, opacity: 1 },
      },
      ...(hasBand ? bandSeries(band, 1) : []),
    ],
  };
}

const at = (date: string, level: number | null): [number, number | null] => [timeOf(date), level];
