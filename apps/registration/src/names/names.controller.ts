import { Controller } from '@nestjs/common';
import { type AccessSubject, Protected } from '#access/protected.js';
import type { Caller } from '#contracts/caller.js';
import { type Names, ResolveNames, resolveNames } from '#contracts/registration/names.js';
import { Handles } from '#platform/handles.js';
import { ClientNames } from './client-names.js';
import { NamesReader } from './names-reader.js';

/** Gives names beside identifiers. */
@Controller()
export class NamesController {
  constructor(
    private readonly names: NamesReader,
    private readonly clientNames: ClientNames,
  ) {}

  @Handles(resolveNames)
  async resolve(query: ResolveNames, caller: Caller): Promise<Protected<Names>> {
    const [clients, { places, clusters, organisations }, people] = await Promise.all([
      this.clientNames.visible(query.clientIds ?? [], caller),
      this.names.structureNames({
        places: query.placeIds ?? [],
        clusters: query.clusterIds ?? [],
        organisations: query.organisationIds ?? [],
      }),
      this.names.people(query.personIds ?? []),
    ]);
    const subjects: AccessSubject[] = clients.map(({ clientId, ground }) => ({ clientId, ground }));
    return new Protected('read', subjects, {
      clients: Object.fromEntries(clients.map(({ clientId, name }) => [clientId, name])),
      places: Object.fromEntries(places),
      clusters: Object.fromEntries(clusters),
      organisations: Object.fromEntries(organisations),
      people: Object.fromEntries(people),
    });
  }
}
