import { Injectable, type OnApplicationBootstrap, type OnModuleInit } from '@nestjs/common';
import type { CivilDate } from '#calendar/civil-date.js';
import { Clock } from '#calendar/clock.js';
import { civilDateInAmsterdam, startOfDayInAmsterdam } from '#calendar/time-zone.js';
import { Deadlines } from '#deadlines/deadlines.service.js';
import type { Firing } from '#deadlines/firing.js';
import { UnitOfWork } from '#persistence/unit-of-work.js';
import { FixedQuartersRepository, type FixedQuarter } from './fixed-quarters.repository.js';
import { fixedFrom, fixedOn, nextToFix } from './quarters.js';
import type { Period } from './timeliness.js';
import { TimelinessCounts } from './timeliness-counts.service.js';
import { withoutSmallCounts } from './timeliness-views.js';

/** Kind of due item: the figures of a quarter are fixed. There is one, which goes on to the next quarter. */
const FIX_QUARTER = 'zrm-quarter';

/**
 * Figures of past quarters for who sees aggregates only (domain.md §2, `beleid`). They are reckoned once, as known at the
 * start of the day a month after the quarter, and kept: of figures that still moved, who asks every day would see what one
 * client's ZRM did to them.
 */
@Injectable()
export class FixedQuarters implements OnModuleInit, OnApplicationBootstrap {
  constructor(
    private readonly quarters: FixedQuartersRepository,
    private readonly counts: TimelinessCounts,
    private readonly deadlines: Deadlines,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.deadlines.handle(FIX_QUARTER, (firing) => this.fire(firing));
  }

  /** Quarters of before the service was there are fixed when they are asked for. */
  async onApplicationBootstrap(): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      if ((await this.deadlines.find(FIX_QUARTER, tx)) !== null) return;
      const dueAt = instantOf(nextToFix(this.clock.today()));
      await this.deadlines.schedule(tx, { id: FIX_QUARTER, kind: FIX_QUARTER, dueAt, payload: {} });
    });
  }

  /**
   * The figures as they were fixed; now, when nothing was fixed at its time: the service was not there yet, or stood still.
   * As long as there is nothing at all to count, nothing is kept.
   * @param quarter whose time has come (`mustBeFixedQuarter`)
   */
  async figuresOf(quarter: Period): Promise<FixedQuarter> {
    return (await this.quarters.find(quarter.from)) ?? this.fix(quarter, this.clock.today());
  }

  private async fix(quarter: Period, today: CivilDate): Promise<FixedQuarter> {
    const { counts, asOf, reckonedAt: fixedAt } = await this.counts.of(quarter, today);
    const found = { from: quarter.from, asOf, fixedAt, view: withoutSmallCounts(counts) };
    if (counts.size === 0) return found;
    return this.unitOfWork.run(async (tx) => {
      // Whoever was first decides, for everybody.
      const kept = await this.quarters.find(quarter.from, tx);
      if (kept === undefined) await this.quarters.add(tx, found);
      return kept ?? found;
    });
  }

  /** The quarter follows from when it was due, also when that is long ago; the next one follows at once then. */
  private async fire(firing: Firing): Promise<void> {
    const quarter = fixedOn(civilDateInAmsterdam(firing.item.dueAt));
    const kept = await this.quarters.find(quarter.from);
    if (kept === undefined) await this.fix(quarter, civilDateInAmsterdam(firing.now));
    await this.unitOfWork.run((tx) => firing.again(tx, instantOf(nextToFix(fixedFrom(quarter)))));
  }
}

function instantOf(quarter: Period): Date {
  return startOfDayInAmsterdam(fixedFrom(quarter));
}
