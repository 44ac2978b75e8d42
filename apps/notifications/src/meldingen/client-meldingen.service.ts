import { Injectable } from '@nestjs/common';
import { groundFor } from '#access/client-access-rules.js';
import type { AccessGround } from '#access/protected.js';
import type { Caller } from '#contracts/caller.js';
import type { ClientMeldingenOf, ListClientMeldingen } from '#contracts/notifications/meldingen.js';
import { DEFAULT_PAGE_SIZE, type Page } from '#contracts/paging.js';
import { Refusal } from '#contracts/refusal.js';
import { ClientRecordsRepository } from '../directory/client-records.repository.js';
import { DirectoryRepository } from '../directory/directory.repository.js';
import { InboxAccess } from './inbox-access.js';
import { positionFrom, paged } from './melding-paging.js';
import type { MeldingState } from './melding-state.js';
import { MeldingenRepository } from './meldingen.repository.js';

/** Whose meldingen somebody may see of a client, and on which ground. */
interface Scope {
  of: ClientMeldingenOf;
  ground: AccessGround;
  /** Absent: everybody. */
  personIds?: string[];
}

/** What was reported about one client, to whom, and what became of it. */
@Injectable()
export class ClientMeldingenService {
  constructor(
    private readonly meldingen: MeldingenRepository,
    private readonly directory: DirectoryRepository,
    private readonly records: ClientRecordsRepository,
    private readonly access: InboxAccess,
  ) {}

  /** @throws Refusal `not-found` for who has nothing to do with the client */
  async list(caller: Caller, query: ListClientMeldingen): Promise<Scope & { page: Page<MeldingState> }> {
    const { clientId, cursor, limit = DEFAULT_PAGE_SIZE } = query;
    const clientIds = await this.records.ofSamePersons([clientId]);
    const scope = await this.scopeOf(caller, clientIds);
    const filter = { clientIds, ...(scope.personIds ? { personIds: scope.personIds } : {}) };
    const found = await this.meldingen.list(filter, positionFrom(cursor), limit + 1);
    // Whoever has nothing to do with the client does not learn that there is one.
    if (scope.of === 'own' && found.length === 0) throw Refusal.of('not-found');
    return { ...scope, page: paged(found, limit) };
  }

  /** By the roles of domain.md §2, Sees: who guards the client sees the whole; an institution sees its own people. */
  private async scopeOf(caller: Caller, clientIds: readonly string[]): Promise<Scope> {
    if (await this.access.isCoordinator(caller)) return { of: 'everybody', ground: 'own-caseload' };
    const known = await this.directory.clients(clientIds);
    const relations = {
      relatedOrganisationIds: known.flatMap((one) => one.relatedOrganisationIds ?? one.organisationId ?? []),
      relatedClusterIds: known.flatMap((one) => one.relatedClusterIds ?? one.clusterId ?? []),
    };
    const grounds = clientIds.map((clientId) => groundFor(caller, { clientId, ...relations }));
    if (grounds.includes('own-caseload')) return { of: 'everybody', ground: 'own-caseload' };
    if (grounds.includes('own-institution') && caller.organisationId !== undefined) {
      const personIds = await this.directory.peopleOf(caller.organisationId);
      return { of: 'own-organisation', ground: 'own-institution', personIds };
    }
    const replaced = await this.access.replaced(caller.personId);
    return { of: 'own', ground: 'own-melding', personIds: [caller.personId, ...replaced] };
  }
}
