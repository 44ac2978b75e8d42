import type { ChartOption } from '../../ui/charts/engine.js';
import { colours, CROSS, RING_IN_RING } from '../../ui/charts/colours.js';
import type { DomainPicture, ProgressPicture } from './chart-model.js';

/** Days away from the institution: from the first to the day of return. */
export interface Away {
  readonly from: string;
  readonly until: string;
}

interface TrendWords {
  /** Name of a level, for who looks at one domain. */
  levelName: (level: number) => string;
  month: (date: string) => string;
  version: (matrixVersion: string) => string;
}

interface TrendInput {
  domain: DomainPicture;
  picture: Pick<ProgressPicture, 'versionChanges'>;
  away: readonly Away[];
  /** First and last day on the axis. */
  from: string;
  until: string;
  /** One domain with the names of the levels, or one of many under each other. */
  size: 'large' | 'small';
  words: TrendWords;
}

/** Narrower than this the names of levels take the room of the line. */
const ROOM_FOR_LEVEL_NAMES = 520;
/** Where a ZRM that gave no level is marked: under the lowest level. */
const NO_LEVEL = 0.4;
const LEVELS = [1, 2, 3, 4, 5] as const;

/**
 * One domain through time, levels 1 to 5: the line of what was assessed, baseline ○ and target ◎ as lines of their own kind,
 * a dash where nothing was assessed, a cross for what another version of the matrix said, and a line where the version
 * changed. Grey behind it: the client was away.
 */
export function trendOption(
  { domain, picture, away, from, until, size, words }: TrendInput,
  width: number,
): ChartOption {
  const isLarge = size === 'large';
  const withNames = isLarge && width >= ROOM_FOR_LEVEL_NAMES;
  const { baseline, target, points, others } = domain;
  const still = { silent: true, emphasis: { disabled: true } } as const;
  const marks = isLarge ? 12 : 10;
  return {
    grid: { left: withNames ? 168 : 20, right: 14, top: isLarge ? 24 : 8, bottom: 24 },
    xAxis: {
      type: 'time',
      min: timeOf(from),
      max: timeOf(until),
      silent: true,
      splitNumber: isLarge && width > 400 ? 6 : 2,
      axisLine: { lineStyle: { color: colours.lineStrong } },
      axisTick: { show: false },
      splitLine: { show: false },
      axisLabel: {
        color: colours.muted,
        fontSize: 11,
        hideOverlap: true,
        formatter: (time: number) => words.month(new Date(time).toISOString().slice(0, 10)),
      },
    },
    yAxis: {
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
          data: away.map((one) => [{ xAxis: timeOf(one.from) }, { xAxis: timeOf(one.until) }]),
        },
      },
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
    ],
  };
}

const timeOf = (date: string): number => Date.parse(`${date}T12:00:00Z`);

const at = (date: string, level: number | null): [number, number | null] => [timeOf(date), level];
