import { Controller } from '@nestjs/common';
import { getZrmTimeliness, GetZrmTimeliness, type ZrmTimeliness } from '#contracts/assessment/timeliness.js';
import type { Caller } from '#contracts/caller.js';
import { Handles } from '#platform/handles.js';
import { TimelinessService } from './timeliness.service.js';

/** Figures of timeliness. */
@Controller()
export class TimelinessController {
  constructor(private readonly timeliness: TimelinessService) {}

  @Handles(getZrmTimeliness)
  get(query: GetZrmTimeliness, caller: Caller): Promise<ZrmTimeliness> {
    return this.timeliness.get(query, caller);
  }
}
