import { isCivilDate } from '#calendar/civil-date.js';
import type { CivilDate } from '#calendar/civil-date.js';
import { atTimeInAmsterdam } from '#calendar/time-zone.js';
import { defaultDueSettings } from './default-settings.js';
import type { LeaveFact, MeasurementFact, PresenceFact } from './due-facts.js';

/**
 * Lives of made-up clients over two years: each lives in the chain, goes on leave, gets ZRMs filled in early, late or not at
 * all, some entered long afterwards. What must be sent is told by a reckoning that goes day by day with its own calendar and
 * knows nothing of plans.
 */

const DAY_MS = 86_400_000;
/** How long they are looked at. */
export const DAYS = 731;
const startMs = Date.UTC(2027, 2, 1);
const dateOf = (day: number): CivilDate => {
  const text = new Date(startMs + day * DAY_MS).toISOString().slice(0, 10);
  if (!isCivilDate(text)) throw new Error(text);
  return text;
};
const dayOf = (ms: number): number => Math.round((ms - startMs) / DAY_MS);
const monthsLater = (day: number, months: number): number => {
  const date = new Date(startMs + day * DAY_MS);
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth() + months];
  const last = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  return dayOf(Date.UTC(year, month, Math.min(date.getUTCDate(), last)));
};
const hours = new Map<string, number>();
/** An instant of a day by the clock of Amsterdam. */
export const hour = (day: number, time: string): Date => {
  const key = `${String(day)} ${time}`;
  const at = hours.get(key) ?? atTimeInAmsterdam(dateOf(day), time).getTime();
  hours.set(key, at);
  return new Date(at);
};

/** Reproducible numbers from 0 up to, not including, 1 (a linear congruence; quality does not matter here). */
export function numbers(seed: number): () => number {
  let state = (seed * 2_654_435_761) % 4_294_967_296;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return state / 4_294_967_296;
  };
}

interface Zrm {
  readonly kind: 'baseline' | 'target' | 'periodic';
  readonly day: number;
  /** The day on which it was entered, at 12:00. */
  readonly entered: number;
}

/** What happens to one client, by numbers of days. */
export interface Life {
  readonly arrived: number;
  /** The day on which the arrival was entered, at 06:00. */
  readonly arrivalEntered: number;
  /** Entered on the day itself, at 06:00. */
  readonly left: number | undefined;
  /** Both ends entered on the day itself, at 06:00. */
  readonly leaves: readonly { readonly from: number; readonly until: number | undefined }[];
  readonly zrms: readonly Zrm[];
}

/** The same number gives the same life. */
export function lifeOf(seed: number): Life {
  const random = numbers(seed + 1);
  const between = (low: number, high: number) => low + Math.floor(random() * (high - low + 1));
  const arrived = between(0, 300);
  const left = random() < 0.4 ? arrived + between(30, 400) : undefined;
  const end = Math.min(left ?? DAYS, DAYS);
  const leaves: { from: number; until: number | undefined }[] = [];
  for (let from = arrived + between(5, 150); from < end - 2 && random() < 0.8;) {
    const nights = random() < 0.6 ? between(1, 13) : between(14, 45);
    const until = random() < 0.1 || from + nights >= end ? undefined : from + nights;
    leaves.push({ from, until });
    if (until === undefined) break;
    from = until + between(0, 120);
  }
  const zrms: Zrm[] = [];
  const entered = (day: number) =>
    Math.min(end - 1, day + (random() < 0.8 ? 0 : between(1, random() < 0.2 ? 120 : 12)));
  let day = arrived + between(3, 50);
  if (random() < 0.85 && day < end) zrms.push({ kind: 'baseline', day, entered: entered(day) });
  if (random() < 0.8 && day + 10 < end) zrms.push({ kind: 'target', day: day + 10, entered: entered(day + 10) });
  for (day += between(70, 120); day < end && random() < 0.9; day += between(60, 130)) {
    zrms.push({ kind: 'periodic', day, entered: entered(day) });
  }
  return { arrived, arrivalEntered: arrived + (random() < 0.9 ? 0 : between(1, 70)), left, leaves, zrms };
}

/** A fact as it becomes known at an instant. */
export type News = { readonly at: Date } & (
  { readonly presence: PresenceFact } | { readonly leave: LeaveFact } | { readonly measurement: MeasurementFact }
);

/** Everything that becomes known of a life, in order. */
export function newsOf(life: Life): readonly News[] {
  const knownAt = hour(life.arrivalEntered, '06:00');
  const stay = { id: 'stay', from: dateOf(life.arrived), knownAt };
  const leftAt =
    life.left === undefined ? undefined : new Date(Math.max(hour(life.left, '06:00').getTime(), knownAt.getTime() + 1));
  return [
    { at: knownAt, presence: { ...stay, version: 1 } },
    ...(leftAt === undefined || life.left === undefined
      ? []
      : [{ at: leftAt, presence: { ...stay, version: 2, until: dateOf(life.left) } }]),
    ...life.leaves.flatMap(({ from, until }): News[] => {
      const leave = { id: `leave ${from}`, from: dateOf(from) };
      const [gone, back] = [hour(from, '06:00'), until === undefined ? undefined : hour(until, '06:00')];
      return [
        { at: gone, leave: { ...leave, version: 1, knownAt: gone } },
        ...(back === undefined || until === undefined
          ? []
          : [{ at: back, leave: { ...leave, version: 2, until: dateOf(until), knownAt: back } }]),
      ];
    }),
    ...life.zrms.map(({ kind, day, entered }): News => {
      const submittedAt = hour(entered, '12:00');
      const measurement = { id: `${kind} ${day}`, version: 1, kind, date: dateOf(day), submittedAt };
      return { at: submittedAt, measurement };
    }),
  ].sort((a, b) => a.at.getTime() - b.at.getTime());
}

/** What the rules demand, day by day: at 09:00, or at the moment at which something long overdue becomes known. */
export function demanded(life: Life): string[] {
  const out: string[] = [];
  const { arrived, left, leaves, zrms } = life;
  const away = (day: number) => leaves.some(({ from, until }) => day >= from && (until === undefined || day < until));
  const here = (day: number) => day >= arrived && (left === undefined || day < left) && !away(day);
  const observed = zrms.filter(({ kind }) => kind !== 'target');
  const duties = [
    {
      kind: 'baseline',
      from: arrived,
      due: monthsLater(arrived, 1),
      met: zrms.filter(({ kind }) => kind === 'baseline'),
      knownDay: life.arrivalEntered,
      knownHour: '06:00',
    },
    {
      kind: 'target',
      from: arrived,
      due: monthsLater(arrived, 2),
      met: zrms.filter(({ kind }) => kind === 'target'),
      knownDay: life.arrivalEntered,
      knownHour: '06:00',
    },
    ...observed.map((zrm) => ({
      kind: 'periodic',
      from: zrm.day,
      due: monthsLater(zrm.day, 3),
      met: observed.filter(({ day }) => day > zrm.day),
      knownDay: zrm.entered,
      knownHour: '12:00',
    })),
  ];
  for (const { kind, from, due, met, knownDay, knownHour } of duties) {
    const metDay = Math.min(...met.map(({ entered }) => entered));
    // The last day on which a reminder at 09:00 precedes the ZRM, which is entered at 12:00.
    const open = (day: number) => day <= metDay && here(day);
    const long = leaves.filter(({ from: gone, until }) => until !== undefined && until - gone >= 14);
    let [now, since] = [due, from];
    const dueOn: { readonly due: number; readonly from: number; readonly to: number }[] = [];
    for (const { from: gone, until = 0 } of long) {
      // Entered before the day of return, or before the duty began: this leave puts nothing off.
      if (until <= since || metDay < until || now >= until + 14) continue;
      dueOn.push({ due: now, from: since, to: gone });
      [now, since] = [until + 14, until];
    }
    dueOn.push({ due: now, from: since, to: Number.POSITIVE_INFINITY });
    for (const [index, part] of dueOn.entries()) {
      const start =
        index === 0
          ? { day: knownDay, time: knownHour }
          : part.from > knownDay
            ? { day: part.from, time: '06:00' }
            : { day: knownDay, time: knownHour };
      const firstNine = start.time < '09:00' ? start.day : start.day + 1;
      const steps = defaultDueSettings.ladder
        .map(({ step, days }) => {
          let day = part.due + days;
          while (day < part.to && away(day) && day < DAYS + 60) day += 1;
          return { step, day };
        })
        .filter(({ day }) => day < part.to);
      const last = steps.at(-1);
      for (const { step, day } of steps) {
        const overtaken = steps.some(
          (other) =>
            other.day === day &&
            other.step !== step &&
            steps.findIndex((one) => one === other) > steps.findIndex((one) => one.step === step),
        );
        if (overtaken) continue;
        if (day >= firstNine && open(day)) out.push(`${hour(day, '09:00').toISOString()} ${kind} ${step}`);
        if (day < firstNine && step === last?.step) {
          let late = start.day;
          while (away(late) && late < DAYS + 60) late += 1;
          const at = hour(late, late === start.day ? start.time : '09:00');
          const before = start.time === '12:00' && late === start.day ? late < metDay : late <= metDay;
          // Not when another due date took its place before the client came home.
          if (before && here(late) && late < part.to) out.push(`${at.toISOString()} ${kind} ${step}`);
        }
      }
    }
  }
  const end = hour(DAYS, '00:00').toISOString();
  return out.filter((line) => line < end).sort();
}
