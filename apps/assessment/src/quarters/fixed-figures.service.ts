import { Injectable, type OnApplicationBootstrap, type OnModuleInit } from '@nestjs/common';
import type { CivilDate } from '#calendar/civil-date.js';
import { Clock } from '#calendar/clock.js';
import { civilDateInAmsterdam, startOfDayInAmsterdam } from '#calendar/time-zone.js';
import { Deadlines } from '#deadlines/deadlines.service.js';
import type { Firing } from '#deadlines/firing.js';
import { UnitOfWork } from '#persistence/unit-of-work.js';
import { type Fixed, FixedFiguresRepository } from './fixed-figures.repository.js';
import { fixedFrom, fixedOn, nextToFix, type Period } from './quarters.js';

/** Kind of due item: the figures of a quarter are fixed. There is one, which goes on to the next quarter. */
const FIX_QUARTER = 'zrm-quarter';

/** Figures as they stand now, and whether there is anything in them. */
export interface Reckoning<View> extends Fixed<View> {
  readonly isEmpty: boolean;
}

/** Reckons figures of a quarter as they are known `today`. */
export type Reckon<View> = (quarter: Period, today: CivilDate) => Promise<Reckoning<View>>;

/**
 * Figures for who sees aggregates only (domain.md §2, `beleid`). They are reckoned once a quarter, at the start of the day a
 * month after it, and kept: of figures that still moved, who asks every day would see what one client's ZRM did to them.
 */
@Injectable()
export class FixedFigures implements OnModuleInit, OnApplicationBootstrap {
  private readonly kinds = new Map<string, Reckon<object>>();

  constructor(
    private readonly figures: FixedFiguresRepository,
    private readonly deadlines: Deadlines,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /**
   * Takes on one kind of figures; done in constructors, before the first quarter is fixed.
   * @returns asks for the figures of a quarter whose time has come (`mustBeFixedQuarter`, `lastFixed`) as they were fixed; now,
   *   when nothing was fixed at its time: the service was not there yet, or stood still
   */
  register<View extends object>(name: string, reckon: Reckon<View>): (quarter: Period) => Promise<Fixed<View>> {
    if (this.kinds.has(name)) throw new Error(`figures ${name} are reckoned in two ways`);
    this.kinds.set(name, reckon);
    return (quarter) => this.fixedOf(name, reckon, quarter, this.clock.today());
  }

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

  /** As they were fixed, or else now; as long as there is nothing at all to count, nothing is kept. */
  private async fixedOf<View extends object>(
    name: string,
    reckon: Reckon<View>,
    quarter: Period,
    today: CivilDate,
  ): Promise<Fixed<View>> {
    const known = await this.figures.find<View>(name, quarter.from);
    if (known !== undefined) return known;
    const { isEmpty, ...found } = await reckon(quarter, today);
    if (isEmpty) return found;
    return this.unitOfWork.run(async (tx) => {
      // Whoever was first decides, for everybody.
      const kept = await this.figures.find<View>(name, quarter.from, tx);
      if (kept === undefined) await this.figures.add(tx, name, quarter.from, found);
      return kept ?? found;
    });
  }

  /** The quarter follows from when it was due, also when that is long ago; the next one follows at once then. */
  private async fire(firing: Firing): Promise<void> {
    const quarter = fixedOn(civilDateInAmsterdam(firing.item.dueAt));
    const today = civilDateInAmsterdam(firing.now);
    for (const [name, reckon] of this.kinds) await this.fixedOf(name, reckon, quarter, today);
    await this.unitOfWork.run((tx) => firing.again(tx, instantOf(nextToFix(fixedFrom(quarter)))));
  }
}

function instantOf(quarter: Period): Date {
  return startOfDayInAmsterdam(fixedFrom(quarter));
}
