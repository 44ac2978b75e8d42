import { Controller } from '@nestjs/common';
import type { Protected } from '#access/protected.js';
import type { Caller } from '#contracts/caller.js';
import type { Page } from '#contracts/paging.js';
import type {
  ClientFile,
  ClientSummary,
  ClientVersion,
  DataQuality,
  DataQualityShare,
  PossibleDuplicate,
} from '#contracts/registration/client-shapes.js';
import {
  ClientById,
  CreateClient,
  createClient,
  type CreatedClient,
  DataQualityShares,
  dataQualityShares,
  findPossibleDuplicates,
  getClient,
  ListClientVersions,
  listClientVersions,
  ListDataQuality,
  listDataQuality,
  MergeClients,
  mergeClients,
  type MergedClients,
  NewClient,
  revealBsn,
  SearchClients,
  searchClients,
  UnmergeClients,
  unmergeClients,
  UpdateClient,
  updateClient,
} from '#contracts/registration/clients.js';
import { Handles } from '#platform/handles.js';
import { ClientMergeService } from './client-merge.service.js';
import { ClientReadingService } from './client-reading.service.js';
import { ClientsService } from './clients.service.js';
import { LookAlikes } from './look-alikes.js';
import { RecordQualityService } from './record-quality.service.js';

@Controller()
export class ClientsController {
  constructor(
    private readonly clients: ClientsService,
    private readonly reading: ClientReadingService,
    private readonly lookAlikes: LookAlikes,
    private readonly merging: ClientMergeService,
    private readonly quality: RecordQualityService,
  ) {}

  @Handles(findPossibleDuplicates)
  possibleDuplicates(query: NewClient, caller: Caller): Promise<Protected<Page<PossibleDuplicate>>> {
    return this.lookAlikes.show(query, caller);
  }

  @Handles(createClient)
  create(command: CreateClient, caller: Caller): Promise<CreatedClient> {
    return this.clients.register(command, caller);
  }

  @Handles(getClient)
  get({ clientId }: ClientById, caller: Caller): Promise<Protected<ClientFile>> {
    return this.reading.file(clientId, caller);
  }

  @Handles(revealBsn)
  revealBsn({ clientId }: ClientById, caller: Caller): Promise<Protected<{ bsn?: string }>> {
    return this.reading.bsn(clientId, caller);
  }

  @Handles(updateClient)
  async update(command: UpdateClient, caller: Caller): Promise<Protected<ClientFile>> {
    await this.clients.update(command, caller);
    return this.reading.file(command.clientId, caller);
  }

  @Handles(listClientVersions)
  versions(query: ListClientVersions, caller: Caller): Promise<Protected<Page<ClientVersion>>> {
    return this.reading.versions(query, caller);
  }

  @Handles(searchClients)
  search(query: SearchClients, caller: Caller): Promise<Protected<Page<ClientSummary>>> {
    return this.reading.search(query, caller);
  }

  @Handles(mergeClients)
  merge(command: MergeClients, caller: Caller): Promise<MergedClients> {
    return this.merging.merge(command, caller);
  }

  @Handles(unmergeClients)
  unmerge(command: UnmergeClients, caller: Caller): Promise<MergedClients> {
    return this.merging.unmerge(command, caller);
  }

  @Handles(listDataQuality)
  dataQuality(query: ListDataQuality, caller: Caller): Promise<Protected<DataQuality>> {
    return this.quality.list(query, caller);
  }

  @Handles(dataQualityShares)
  dataQualityShares(query: DataQualityShares, _caller: Caller): Promise<Page<DataQualityShare>> {
    return this.quality.shares(query);
  }
}
