import { colours } from '../../ui/charts/colours.js';
import type { ChartOption } from '../../ui/charts/engine.js';
import { roomForNames } from '../../ui/charts/names.js';

/** A figure of agreement to draw; without one nothing is drawn but its name. */
export interface IntervalLine {
  readonly name: string;
  readonly figure?: { readonly value: number; readonly low: number; readonly high: number } | undefined;
}

/** Pixels per line, and under them for the numbers. */
const LINE = 30;
const FOOT = 40;

export const intervalHeight = (lines: number): number => lines * LINE + FOOT;

/**
 * Figures of agreement under each other: a mark where it is, a line from where to where it may be. Grey lines where a word
 * for it begins (`borders`); left of 0 the raters agree less than by chance.
 */
export function intervalOption(
  lines: readonly IntervalLine[],
  borders: readonly number[],
  numberText: (value: number) => string,
  width: number,
): ChartOption {
  const lowest = Math.min(0, ...lines.flatMap(({ figure }) => figure?.low ?? []));
  const step = width < 480 ? 0.5 : 0.2;
  const room = roomForNames(width);
  const known = lines.flatMap(({ figure }, index) => (figure === undefined ? [] : [{ ...figure, index }]));
  const still = { silent: true, emphasis: { disabled: true } } as const;
  return {
    grid: { left: room, right: 16, top: 8, bottom: 28 },
    xAxis: {
      type: 'value',
      min: Math.max(-1, Math.round(Math.floor(lowest / step) * step * 10) / 10),
      max: 1,
      interval: step,
      silent: true,
      axisLine: { show: true, lineStyle: { color: colours.lineStrong } },
      splitLine: { show: false },
      axisLabel: { color: colours.muted, fontSize: 11, formatter: numberText },
    },
    yAxis: {
      type: 'category',
      inverse: true,
      silent: true,
      data: lines.map(({ name }) => name),
      axisLine: { show: false },
      axisTick: { show: false },
      axisLabel: {
        color: colours.text,
        fontSize: 12,
        lineHeight: 14,
        width: room - 12,
        overflow: 'break',
        interval: 0,
      },
    },
    series: [
      // From where to where, with an end on both sides.
      ...known.map(({ low, high, index }) => ({
        ...still,
        type: 'line' as const,
        data: [
          [low, index],
          [high, index],
        ],
        symbol: 'rect',
        symbolSize: [1.5, 10],
        showAllSymbol: true,
        lineStyle: { color: colours.muted, width: 1.5 },
        itemStyle: { color: colours.muted },
      })),
      {
        ...still,
        type: 'scatter',
        data: known.map(({ value, index }) => [value, index]),
        symbol: 'diamond',
        symbolSize: 12,
        itemStyle: { color: colours.text, opacity: 1 },
        markLine: {
          silent: true,
          symbol: 'none',
          label: { show: false },
          lineStyle: { color: colours.line, width: 1, type: 'solid' },
          data: [0, ...borders].map((xAxis) => ({ xAxis })),
        },
      },
    ],
  };
}
