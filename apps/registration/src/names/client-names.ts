import { Injectable } from '@nestjs/common';
import { groundFor } from '#access/client-access-rules.js';
import type { AccessGround } from '#access/protected.js';
import type { Caller } from '#contracts/caller.js';
import { type ClientDocument, ClientModel } from '../clients/client.schema.js';
import { displayName } from '../clients/display-name.js';

/** The name of a client whom the caller may see, with the ground for the access log. */
export interface VisibleName {
  clientId: string;
  name: string;
  ground: AccessGround;
}

/** Names of clients, for those who may see them. */
@Injectable()
export class ClientNames {
  constructor(private readonly clients: ClientModel) {}

  /** Names of the clients that the caller has a ground for; the others are left out, as if unknown. */
  async visible(clientIds: readonly string[], caller: Caller): Promise<VisibleName[]> {
    if (clientIds.length === 0) return [];
    const projection = { details: 1, relatedOrganisationIds: 1, relatedClusterIds: 1 };
    const found = await this.clients.model
      .find({ _id: { $in: [...new Set(clientIds)] } }, projection)
      .lean<Pick<ClientDocument, '_id' | 'details' | 'relatedOrganisationIds' | 'relatedClusterIds'>[]>()
      .exec();
    return found.flatMap(({ _id: clientId, details, ...relations }): VisibleName[] => {
      const ground = groundFor(caller, { clientId, ...relations });
      return ground === undefined ? [] : [{ clientId, name: displayName(details), ground }];
    });
  }
}
