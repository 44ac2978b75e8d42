import { colours } from '../../ui/charts/colours.js';

/** A day on an axis of time: its noon, so that no time zone makes another day of it. */
export const timeOf = (date: string): number => Date.parse(`${date}T12:00:00Z`);

interface TimeAxisInput {
  from: string;
  until: string;
  /** About how many names of months there is room for. */
  names: number;
  month: (date: string) => string;
}

/** From day to day, with months under it. */
export function timeAxis({ from, until, names, month }: TimeAxisInput) {
  return {
    type: 'time' as const,
    min: timeOf(from),
    max: timeOf(until),
    silent: true,
    splitNumber: names,
    axisLine: { lineStyle: { color: colours.lineStrong } },
    axisTick: { show: false },
    splitLine: { show: false },
    axisLabel: {
      show: true,
      color: colours.muted,
      fontSize: 11,
      hideOverlap: true,
      formatter: (time: number) => month(new Date(time).toISOString().slice(0, 10)),
    },
  };
}
