import { Injectable } from '@nestjs/common';
import type { CivilDate } from '#calendar/civil-date.js';
import { Clock } from '#calendar/clock.js';
import { DuePlansRepository } from '../due/due-plans.repository.js';
import type { Period } from '../quarters/quarters.js';
import { TimelinessCollector, type TimelinessCount } from './timeliness.js';

/** How long what was reckoned is told again, to whoever asks: all clients are looked at for it. */
const KEPT_MS = 60_000;
/** Periods that are kept at once. */
const MOST_KEPT = 20;

/** What was counted per institution, and when. */
export interface Reckoned {
  readonly asOf: CivilDate;
  readonly reckonedAt: Date;
  readonly counts: ReadonlyMap<string, TimelinessCount>;
}

/** Counts what fell due of all clients, as it is known now: one pass over them. */
@Injectable()
export class TimelinessCounts {
  private readonly kept = new Map<string, { readonly until: number; readonly reckoned: Promise<Reckoned> }>();

  constructor(
    private readonly plans: DuePlansRepository,
    private readonly clock: Clock,
  ) {}

  /**
   * The counts of a period; who asks while they are reckoned, or shortly after, gets the same.
   * @param asOf the day of asking: what is due on it has not passed
   */
  of(period: Period, asOf: CivilDate): Promise<Reckoned> {
    const now = performance.now();
    for (const [key, { until }] of this.kept) if (until <= now) this.kept.delete(key);
    const key = [period.from, period.until, asOf].join();
    const known = this.kept.get(key);
    if (known !== undefined) return known.reckoned;
    const [oldest] = this.kept.keys();
    if (oldest !== undefined && this.kept.size >= MOST_KEPT) this.kept.delete(oldest);
    const reckoned = this.reckon(period, asOf);
    this.kept.set(key, { until: now + KEPT_MS, reckoned });
    // A failure is nobody's answer but of who asked for it.
    reckoned.catch(() => this.kept.delete(key));
    return reckoned;
  }

  private async reckon(period: Period, asOf: CivilDate): Promise<Reckoned> {
    const collector = new TimelinessCollector(period, asOf);
    const reckonedAt = this.clock.now();
    for await (const { history } of this.plans.histories()) if (history !== undefined) collector.add(history);
    return { asOf, reckonedAt, counts: collector.result() };
  }
}
