import type { LineSeriesOption } from 'echarts/charts';

import { colours } from '../../ui/charts/colours.js';
import type { ChartOption } from '../../ui/charts/engine.js';
import { daysBetween } from '../../ui/dates.js';
import { isMoving, type Axis, type StayBar, type StaysPicture } from './stays-model.js';
import { timeAxis, timeOf } from './time-axis.js';

/** Pixels of a letter of a label; rather wide, so that no name leaves its bar. */
const LETTER = 6.6;
/** Left and right of a name. */
const AROUND = 12;
const FONT = 11;

export interface BandWords {
  /** Names of the place of a stay, the fullest first. */
  places: (bar: StayBar) => readonly string[];
  today: string;
}

interface BandInput {
  stays: StaysPicture;
  axis: Axis;
  today: string;
  /** Pixels from the first to the last day. */
  pixels: number;
  /** Absent where bars have no names. */
  words?: BandWords | undefined;
}

const STAYED = { color: colours.sunken, borderColor: colours.lineStrong, borderWidth: 1, borderType: 'solid' } as const;
const PLANNED = { ...STAYED, color: 'none', borderType: 'dashed' } as const;

const still = { silent: true, emphasis: { disabled: true } } as const;

/** The fullest of several names that stays within so many pixels. */
export function fitting(names: readonly string[], pixels: number): string | undefined {
  return names.find((name) => name.length * LETTER + AROUND <= pixels);
}

/** Something with how much of it can be seen. */
interface Shown<T> extends Axis {
  readonly item: T;
}

/** What of it can be seen between the first and the last day. */
export function within<T extends { from: string; until: string | undefined }>(
  items: readonly T[],
  { from, until }: Axis,
): Shown<T>[] {
  return items
    .map((item) => ({
      item,
      from: item.from < from ? from : item.from,
      until: item.until === undefined || item.until > until ? until : item.until,
    }))
    .filter((shown) => shown.from < shown.until);
}

/** Bars of stays that can be seen. */
export const shownBars = ({ bars }: StaysPicture, axis: Axis): StayBar[] => within(bars, axis).map(({ item }) => item);

/** Lines on the days of an arrival, move or departure; dotted when it is planned. */
export function movesOn({ events }: StaysPicture, { from, until }: Axis) {
  return events.filter((event) => isMoving(event) && event.date > from && event.date < until);
}

/**
 * Stays as bars beside each other, with the name of the place in each that has the room; what is planned is open with a
 * dashed border, days away are darker.
 * @param index which of the grids of the picture it is drawn in; its other axis goes from 0 to 1
 */
export function bandSeries({ stays, axis, pixels, words }: BandInput, index: number): LineSeriesOption[] {
  const perDay = pixels / Math.max(1, daysBetween(axis.from, axis.until));
  const bars = within(stays.bars, axis);
  const base = { ...still, type: 'line' as const, data: [], xAxisIndex: index, yAxisIndex: index };
  return [
    {
      ...base,
      markArea: {
        silent: true,
        label: { show: false },
        data: bars.map(({ item, from, until }) => [
          { coord: [timeOf(from), 0], itemStyle: item.planned ? PLANNED : STAYED },
          { coord: [timeOf(until), 1] },
        ]),
      },
    },
    {
      ...base,
      markArea: {
        silent: true,
        label: { show: false },
        itemStyle: { color: colours.line },
        data: within(stays.away, axis).map(({ from, until }) => [
          { coord: [timeOf(from), 0.08] },
          { coord: [timeOf(until), 0.92] },
        ]),
      },
    },
    {
      ...base,
      markArea: {
        silent: true,
        itemStyle: { color: 'none' },
        label: { position: 'inside', color: colours.text, fontSize: FONT },
        data: bars.flatMap(({ item, from, until }) => {
          const name = fitting(words?.places(item) ?? [], perDay * daysBetween(from, until));
          if (name === undefined) return [];
          return [[{ coord: [timeOf(from), 0], label: { formatter: name } }, { coord: [timeOf(until), 1] }]];
        }),
      },
    },
  ];
}

/** A line on today where the picture goes on behind it. */
export function todaySeries({ axis, today, words }: BandInput, index: number): LineSeriesOption[] {
  if (axis.until <= today) return [];
  return [
    {
      ...still,
      type: 'line',
      data: [],
      xAxisIndex: index,
      yAxisIndex: index,
      markLine: {
        silent: true,
        symbol: 'none',
        lineStyle: { color: colours.accent, width: 1.5, type: 'solid' },
        label: {
          show: words !== undefined,
          color: colours.muted,
          fontSize: FONT,
          position: 'end',
          formatter: words?.today ?? '',
        },
        data: [{ xAxis: timeOf(today) }],
      },
    },
  ];
}

/** The axis across a band, which has nothing to say. */
export const bandAxis = {
  type: 'value' as const,
  min: 0,
  max: 1,
  show: false,
};

const STRIP = { left: 8, right: 14, bottom: 24, height: 28 } as const;

/** Pixels over the stays: for the word under which today stands, where it does. */
const stripTop = ({ until }: Axis, today: string): number => (until > today ? 20 : 4);

/** How high the picture of the stays alone is, in pixels. */
export function stripHeight(axis: Axis, today: string): number {
  return stripTop(axis, today) + STRIP.height + STRIP.bottom;
}

interface StripWords extends BandWords {
  month: (date: string) => string;
}

/** The stays alone, as wide as there is room. */
export function stripOption(
  input: Omit<BandInput, 'pixels' | 'words'> & { words: StripWords },
  width: number,
): ChartOption {
  const band = { ...input, pixels: width - STRIP.left - STRIP.right };
  const { from, until } = input.axis;
  return {
    grid: { ...STRIP, top: stripTop(input.axis, input.today) },
    xAxis: timeAxis({ from, until, names: width > 400 ? 6 : 2, month: input.words.month }),
    yAxis: bandAxis,
    series: [...bandSeries(band, 0), ...todaySeries(band, 0)],
  };
}
