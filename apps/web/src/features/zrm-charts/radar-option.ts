import type { ChartOption } from '../../ui/charts/engine.js';
import { colours, RING_IN_RING } from '../../ui/charts/colours.js';
import type { DomainPicture } from './chart-model.js';

/** Narrower than this there is no room for the names of thirteen domains around a circle: their numbers stand there. */
export const ROOM_FOR_NAMES = 480;

/** One domain with the words around the circle. */
export interface RadarAxis extends DomainPicture {
  readonly name: string;
  /** That something is missing, in a word; undefined when nothing is. */
  readonly note?: string | undefined;
}

/** Level and place on the circle, in the order in which polar coordinates are given. */
type Pair = [number | null, number];

/**
 * Baseline, target and now around a circle, told apart by line and by mark: baseline dashed with ○, target dotted with ◎,
 * now a full line with ●. A domain without a level is a gap in the line: it is not zero.
 */
export function radarOption(axes: readonly RadarAxis[], width: number): ChartOption {
  const count = axes.length;
  const withNames = width >= ROOM_FOR_NAMES;
  const around = (levelOf: (axis: RadarAxis) => number | undefined): Pair[] => {
    const pairs = axes.map((axis, index): Pair => [levelOf(axis) ?? null, index]);
    const first = pairs[0]?.[0] ?? null;
    // Back to where it began.
    return [...pairs, [first, count]];
  };
  const labelOf = (index: number): string => {
    const axis = axes[index];
    if (axis === undefined) return '';
    const name = withNames ? inTwoLines(axis.name) : String(index + 1);
    return axis.note === undefined ? name : `${name}\n${withNames ? axis.note : '–'}`;
  };
  const line = {
    type: 'line' as const,
    coordinateSystem: 'polar' as const,
    silent: true,
    showAllSymbol: true,
    connectNulls: false,
    // A mark on the outer ring is as much to see as one further in.
    clip: false,
    emphasis: { disabled: true },
  };
  return {
    polar: { radius: withNames ? '76%' : '82%' },
    angleAxis: {
      type: 'value',
      min: 0,
      max: count,
      interval: 1,
      startAngle: 90,
      silent: true,
      axisLine: { show: false },
      axisTick: { show: false },
      splitLine: { lineStyle: { color: colours.line } },
      axisLabel: {
        color: colours.text,
        fontSize: 12,
        lineHeight: 15,
        margin: 12,
        showMaxLabel: false,
        hideOverlap: false,
        formatter: labelOf,
      },
    },
    radiusAxis: {
      type: 'value',
      min: 0,
      max: 5,
      interval: 1,
      silent: true,
      axisLine: { lineStyle: { color: colours.lineStrong } },
      axisTick: { show: false },
      splitLine: { lineStyle: { color: colours.line } },
      axisLabel: {
        color: colours.muted,
        fontSize: 11,
        formatter: (level: number) => (level === 0 ? '' : String(level)),
      },
    },
    series: [
      {
        ...line,
        data: around(({ target }) => target?.level),
        symbol: RING_IN_RING,
        symbolSize: 14,
        lineStyle: { color: colours.accent, width: 1.5, type: 'dotted' },
        itemStyle: { color: 'none', borderColor: colours.accent, borderWidth: 1.5 },
      },
      {
        ...line,
        data: around(({ baseline }) => baseline?.level),
        symbol: 'circle',
        symbolSize: 9,
        lineStyle: { color: colours.muted, width: 1.5, type: 'dashed' },
        itemStyle: { color: colours.surface, borderColor: colours.muted, borderWidth: 1.5 },
      },
      {
        ...line,
        data: around(({ now }) => (typeof now === 'number' ? now : undefined)),
        symbol: 'circle',
        symbolSize: 7,
        lineStyle: { color: colours.text, width: 2.5 },
        itemStyle: { color: colours.text },
      },
    ],
  };
}

/** A long name in two lines, broken at the space nearest to its middle. */
function inTwoLines(name: string): string {
  if (name.length <= 16) return name;
  const spaces = [...name.matchAll(/ /g)].map(({ index }) => index);
  const middle = spaces.sort((a, b) => Math.abs(a - name.length / 2) - Math.abs(b - name.length / 2))[0];
  return middle === undefined ? name : `${name.slice(0, middle)}\n${name.slice(middle + 1)}`;
}
