import { Injectable } from '@nestjs/common';
import { addMonths } from '#calendar/civil-date.js';
import type { CivilDate } from '#calendar/civil-date.js';
import { Clock } from '#calendar/clock.js';
import type { GetZrmTimeliness, ZrmTimeliness } from '#contracts/assessment/timeliness.js';
import type { Caller } from '#contracts/caller.js';
import { Refusal } from '#contracts/refusal.js';
import { DuePlansRepository } from '../due/due-plans.repository.js';
import { type Period, TimelinessCollector, type TimelinessCount } from './timeliness.js';
import { everything, ownAndRegion, type TimelinessView, withoutSmallCounts } from './timeliness-views.js';

/** How long what was reckoned is told again, to whoever asks: all clients are looked at for it. */
const KEPT_MS = 60_000;
/** Periods that are kept at once. */
const MOST_KEPT = 20;

interface Reckoned {
  readonly asOf: CivilDate;
  readonly reckonedAt: Date;
  readonly counts: ReadonlyMap<string, TimelinessCount>;
}

/** Whether ZRMs are filled in on time, per institution and in the region (domain.md §4). */
@Injectable()
export class TimelinessService {
  private readonly kept = new Map<string, { readonly until: number; readonly reckoned: Promise<Reckoned> }>();

  constructor(
    private readonly plans: DuePlansRepository,
    private readonly clock: Clock,
  ) {}

  /** @throws Refusal `date-order`, `zrm-quarter-only` */
  async get({ from, until, organisationId }: GetZrmTimeliness, caller: Caller): Promise<ZrmTimeliness> {
    if (until <= from) throw Refusal.of('date-order', { fields: ['until'] });
    const today = this.clock.today();
    const seesAll = caller.roles.includes('trajectregisseur');
    const isPolicy = !seesAll && caller.roles.includes('beleid');
    // Of periods that overlap, one could be taken from the other, and what is left be under five.
    if (isPolicy && !isQuarterBefore({ from, until }, today)) {
      throw Refusal.of('zrm-quarter-only', { fields: ['from', 'until'] });
    }
    const { counts, asOf, reckonedAt } = await this.reckoned({ from, until }, today);
    const view = seesAll
      ? everything(counts)
      : isPolicy
        ? withoutSmallCounts(counts)
        : ownAndRegion(counts, caller.organisationId);
    return { from, until, asOf, reckonedAt: reckonedAt.toISOString(), ...narrowed(view, organisationId) };
  }

  /** The figures of a period; who asks while they are reckoned, or shortly after, gets the same. */
  private reckoned(period: Period, asOf: CivilDate): Promise<Reckoned> {
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

function narrowed({ items, region }: TimelinessView, organisationId: string | undefined): TimelinessView {
  const chosen = organisationId === undefined ? items : items.filter((item) => item.organisationId === organisationId);
  return { items: chosen, ...(region === undefined ? {} : { region }) };
}

/** Whether a period is one whole calendar quarter that is over. */
function isQuarterBefore({ from, until }: Period, today: CivilDate): boolean {
  const isStart = /-(01|04|07|10)-01$/.test(from);
  return isStart && until === addMonths(from, 3) && until <= today;
}
