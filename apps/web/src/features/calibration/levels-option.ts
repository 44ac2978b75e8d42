import { zrmLevels } from '#contracts/assessment/codes.js';

import { colours, levelColour } from '../../ui/charts/colours.js';
import type { ChartOption } from '../../ui/charts/engine.js';
import { roomForNames } from '../../ui/charts/names.js';

/** How somebody uses the levels: shares that add up to 1; without them there is only the name. */
export interface LevelsLine {
  readonly name: string;
  readonly shares?: Readonly<Record<(typeof zrmLevels)[number], number>> | undefined;
}

const LINE = 36;
const FOOT = 40;

export const levelsHeight = (lines: number): number => lines * LINE + FOOT;

/** Bars of equal length under each other, divided by level; the digit stands in each part that has room for it. */
export function levelsOption(lines: readonly LevelsLine[], width: number): ChartOption {
  const room = roomForNames(width);
  return {
    grid: { left: room, right: 20, top: 8, bottom: 28 },
    xAxis: {
      type: 'value',
      min: 0,
      max: 1,
      interval: 0.25,
      silent: true,
      splitLine: { show: false },
      axisLine: { show: false },
      axisLabel: { color: colours.muted, fontSize: 11, formatter: (share: number) => `${Math.round(share * 100)}%` },
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
    series: zrmLevels.map((level) => ({
      type: 'bar' as const,
      stack: 'levels',
      silent: true,
      emphasis: { disabled: true },
      barWidth: 22,
      itemStyle: { color: levelColour(level), borderColor: colours.lineStrong, borderWidth: 0.5 },
      data: lines.map(({ shares }) => {
        const share = shares?.[level] ?? 0;
        // Narrower parts would have their digit over the next one.
        return { value: share, label: { show: share * (width - room) > 16 } };
      }),
      label: { color: colours.text, fontSize: 12, formatter: () => String(level) },
    })),
  };
}
