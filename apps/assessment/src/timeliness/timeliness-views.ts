import type { InstitutionTimeliness, TimelinessFigures } from '#contracts/assessment/timeliness.js';
import { hiddenCells, SMALLEST_COUNT } from './small-counts.js';
import { fellDueOf, figuresOf, outcomes, type TimelinessCount, together } from './timeliness.js';

/** What somebody is shown: institutions, and all together where that may be told. */
export interface TimelinessView {
  readonly items: InstitutionTimeliness[];
  readonly region?: TimelinessFigures;
}

type Counts = ReadonlyMap<string, TimelinessCount>;

/** With fewer institutions than this, who knows the own figures could reckon those of another from the sum. */
const FEWEST_INSTITUTIONS = 3;

/** Everything, for who guards trajectories in the region. */
export function everything(counts: Counts): TimelinessView {
  return {
    items: [...counts].map(([organisationId, count]) => ({ organisationId, ...figuresOf(count) })),
    region: figuresOf(together(counts.values())),
  };
}

/** For who works at an institution: nothing of others but what all have together, as long as that tells of none of them. */
export function ownAndRegion(counts: Counts, organisationId: string | undefined): TimelinessView {
  const { items, region } = everything(counts);
  const others = [...counts].filter(([id, count]) => id !== organisationId && fellDueOf(count) + count.clients > 0);
  return {
    items: items.filter((item) => item.organisationId === organisationId),
    ...(region === undefined || others.length < FEWEST_INSTITUTIONS - 1 ? {} : { region }),
  };
}

/** For policy: no count under five, nor one that it could be reckoned from (domain.md §2, `beleid`). */
export function withoutSmallCounts(counts: Counts): TimelinessView {
  const all = [...counts.values()];
  const dues = hiddenCells(all.map((count) => outcomes.map((outcome) => count[outcome])));
  const clients = hiddenCells(all.map((count) => [count.complete, count.clients - count.complete]));
  const told = (count: TimelinessCount, row: number) => toldOf(count, dues[row] ?? [], clients[row] ?? []);
  return {
    items: [...counts].map(([organisationId, count], row) => ({ organisationId, ...told(count, row) })),
    region: told(together(all), all.length),
  };
}

/** @param dues which of the outcomes, and last of their sum, are hidden; @param clients of the complete, others, and all */
function toldOf(count: TimelinessCount, dues: readonly boolean[], clients: readonly boolean[]): TimelinessFigures {
  const figures = figuresOf(count);
  const { fellDue = 0, shareOnTime, medianDaysLate, medianDays } = figures;
  const [hidesOnTime, hidesLate, hidesOpen, hidesLapsed, hidesAll] = dues;
  const [hidesComplete, , hidesClients] = clients;
  const filledIn = count.onTime + count.late;
  const isShare = hidesOnTime !== true && hidesAll !== true;
  return {
    ...(hidesAll === true ? {} : { fellDue }),
    ...(hidesOnTime === true ? {} : { onTime: count.onTime }),
    ...(hidesLate === true ? {} : { late: count.late }),
    ...(hidesOpen === true ? {} : { open: count.open }),
    ...(hidesLapsed === true ? {} : { lapsed: count.lapsed }),
    ...(isShare && shareOnTime !== undefined ? { shareOnTime } : {}),
    ...(medianDaysLate !== undefined && count.late >= SMALLEST_COUNT ? { medianDaysLate } : {}),
    ...(medianDays !== undefined && filledIn >= SMALLEST_COUNT ? { medianDays } : {}),
    ...(hidesClients === true ? {} : { clients: count.clients }),
    ...(hidesComplete === true ? {} : { complete: count.complete }),
  };
}
