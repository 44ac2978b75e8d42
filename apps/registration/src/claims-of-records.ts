import { Injectable, type OnModuleInit } from '@nestjs/common';
import { type Claim, Claims } from '#persistence/claims.js';
import { ClientModel } from './clients/client.schema.js';
import { bsnClaimOf } from './clients/clients.repository.js';
import { subjectClaimOf } from './people/people.repository.js';
import { PersonModel } from './people/person.schema.js';
import { clusterClaim, locationClaim, organisationClaim, placeClaim } from './structure/name-claims.js';
import { PlaceModel } from './structure/place.schema.js';
import { StructureModels } from './structure/structure.schema.js';
import { claimOf, WaitingListRepository } from './waiting-list/waiting-list.repository.js';

const BATCH = 500;
/** Taken when every record that was there had its claims: this work is done once in the life of a database. */
const DONE: Claim & { value: string } = { kind: 'upgrade', value: 'claims-of-records', holder: 'registration' };

/**
 * Notes the claims of records that an earlier version wrote, when unique indexes did this work (docs/decisions/0010).
 * Before anything is asked of the service; several processes may do it together.
 */
@Injectable()
export class ClaimsOfRecords implements OnModuleInit {
  constructor(
    private readonly claims: Claims,
    private readonly clients: ClientModel,
    private readonly people: PersonModel,
    private readonly structure: StructureModels,
    private readonly places: PlaceModel,
    private readonly waitingList: WaitingListRepository,
  ) {}

  async onModuleInit(): Promise<void> {
    if ((await this.claims.holderOf(DONE.kind, DONE.value)) !== undefined) return;
    const { organisations, locations, clusters } = this.structure;
    await this.fill(
      this.clients.model
        .find({ bsnHash: { $gt: '' } }, { bsnHash: 1 })
        .lean()
        .cursor(),
      bsnClaimOf,
    );
    await this.fill(this.people.model.find({}, { subject: 1 }).lean().cursor(), subjectClaimOf);
    await this.fill(organisations.find({}, { nameKey: 1 }).lean().cursor(), organisationClaim);
    await this.fill(locations.find({}, { nameKey: 1, organisationId: 1 }).lean().cursor(), locationClaim);
    await this.fill(clusters.find({}, { nameKey: 1, locationId: 1 }).lean().cursor(), clusterClaim);
    await this.fill(this.places.model.find({}, { labelKey: 1, clusterId: 1 }).lean().cursor(), placeClaim);
    await this.claims.fill((await this.waitingList.where({ statuses: ['waiting', 'offered'] })).map(claimOf));
    await this.claims.fill([DONE]);
  }

  private async fill<T>(records: AsyncIterable<T>, claimOfRecord: (record: T) => Claim): Promise<void> {
    let batch: Claim[] = [];
    for await (const record of records) {
      batch.push(claimOfRecord(record));
      if (batch.length < BATCH) continue;
      await this.claims.fill(batch);
      batch = [];
    }
    await this.claims.fill(batch);
  }
}
