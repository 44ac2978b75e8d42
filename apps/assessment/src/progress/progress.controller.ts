import { Controller } from '@nestjs/common';
import type { Protected } from '#access/protected.js';
import {
  countZrmClients,
  CountZrmClients,
  getProgress,
  GetProgress,
  listZrmClients,
  ListZrmClients,
  type ProgressOfClient,
  type ZrmClient,
  type ZrmClientCounts,
} from '#contracts/assessment/clients.js';
import {
  getProgressSettings,
  progressSettingsHistory,
  type ProgressSettingsInForce,
  updateProgressSettings,
  UpdateProgressSettings,
} from '#contracts/assessment/progress-settings.js';
import type { Caller } from '#contracts/caller.js';
import { NoQuestion } from '#contracts/no-question.js';
import type { Page } from '#contracts/paging.js';
import { Handles } from '#platform/handles.js';
import { ProgressSettingsService } from './progress-settings.service.js';
import { ProgressService } from './progress.service.js';
import { WorklistsService } from './worklists.service.js';

/** Progress of clients, and the region's rules about it. */
@Controller()
export class ProgressController {
  constructor(
    private readonly progress: ProgressService,
    private readonly worklists: WorklistsService,
    private readonly settings: ProgressSettingsService,
  ) {}

  @Handles(getProgress)
  get(query: GetProgress, caller: Caller): Promise<Protected<ProgressOfClient>> {
    return this.progress.get(query, caller);
  }

  @Handles(listZrmClients)
  list(query: ListZrmClients, caller: Caller): Promise<Protected<Page<ZrmClient>>> {
    return this.worklists.list(query, caller);
  }

  @Handles(countZrmClients)
  counts(query: CountZrmClients, caller: Caller): Promise<ZrmClientCounts> {
    return this.worklists.counts(query, caller);
  }

  @Handles(getProgressSettings)
  getSettings(_query: NoQuestion, _caller: Caller): Promise<ProgressSettingsInForce> {
    return this.settings.get();
  }

  @Handles(updateProgressSettings)
  updateSettings(command: UpdateProgressSettings, caller: Caller): Promise<ProgressSettingsInForce> {
    return this.settings.update(command, caller);
  }

  @Handles(progressSettingsHistory)
  async history(_query: NoQuestion, _caller: Caller): Promise<{ items: ProgressSettingsInForce[] }> {
    return { items: await this.settings.history() };
  }
}
