import { Injectable } from '@nestjs/common';
import { Clock } from '#calendar/clock.js';
import type { GetZrmTimeliness, ZrmTimeliness } from '#contracts/assessment/timeliness.js';
import type { Caller } from '#contracts/caller.js';
import { Refusal } from '#contracts/refusal.js';
import type { Fixed } from '../quarters/fixed-figures.repository.js';
import { FixedFigures } from '../quarters/fixed-figures.service.js';
import { mustBeFixedQuarter, type Period } from '../quarters/quarters.js';
import { TimelinessCounts } from './timeliness-counts.service.js';
import { everything, ownAndRegion, type TimelinessView, withoutSmallCounts } from './timeliness-views.js';

/** Whether ZRMs are filled in on time, per institution and in the region (domain.md §4). */
@Injectable()
export class TimelinessService {
  private readonly fixed: (quarter: Period) => Promise<Fixed<TimelinessView>>;

  constructor(
    private readonly counts: TimelinessCounts,
    private readonly clock: Clock,
    figures: FixedFigures,
  ) {
    this.fixed = figures.register('timeliness', async (quarter, today) => {
      const { counts: found, asOf, reckonedAt: fixedAt } = await counts.of(quarter, today);
      return { asOf, fixedAt, view: withoutSmallCounts(found), isEmpty: found.size === 0 };
    });
  }

  /** @throws Refusal `date-order`, `zrm-quarter-only`, `zrm-quarter-not-yet` */
  async get({ from, until, organisationId }: GetZrmTimeliness, caller: Caller): Promise<ZrmTimeliness> {
    if (until <= from) throw Refusal.of('date-order', { fields: ['until'] });
    const period = { from, until };
    const today = this.clock.today();
    const seesAll = caller.roles.includes('trajectregisseur');
    if (!seesAll && caller.roles.includes('beleid')) {
      mustBeFixedQuarter(period, today);
      const { asOf, fixedAt, view } = await this.fixed(period);
      return { ...period, asOf, reckonedAt: fixedAt.toISOString(), fixed: true, ...narrowed(view, organisationId) };
    }
    const { counts, asOf, reckonedAt } = await this.counts.of(period, today);
    const view = seesAll ? everything(counts) : ownAndRegion(counts, caller.organisationId);
    return { ...period, asOf, reckonedAt: reckonedAt.toISOString(), ...narrowed(view, organisationId) };
  }
}

function narrowed({ items, region }: TimelinessView, organisationId: string | undefined): TimelinessView {
  const chosen = organisationId === undefined ? items : items.filter((item) => item.organisationId === organisationId);
  return { items: chosen, ...(region === undefined ? {} : { region }) };
}
