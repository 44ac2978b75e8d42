import { Controller } from '@nestjs/common';
import type { CloudEvent } from '#contracts/fact.js';
import {
  ClientChanged,
  clientChanged,
  HousingSituationChanged,
  housingSituationChanged,
} from '#contracts/registration/facts.js';
import { OnFact } from '#messaging/on-fact.js';
import { partOfHousing, stateOfHousing, stateOfRegistration } from './relation-rules.js';
import { RelationsRepository } from './relations.repository.js';

/** Keeps whom a client has to do with, which decides who may read the client's access log. */
@Controller()
export class RelationsController {
  constructor(private readonly relations: RelationsRepository) {}

  @OnFact(housingSituationChanged)
  async onHousing({ data }: CloudEvent<HousingSituationChanged>): Promise<void> {
    const { clientId, undoes } = data;
    await this.relations.tell(clientId, { part: partOfHousing(data), undoes, state: stateOfHousing(data) });
  }

  @OnFact(clientChanged)
  async onClient({ data, time }: CloudEvent<ClientChanged>): Promise<void> {
    await this.relations.tell(data.clientId, { state: stateOfRegistration(data, time) });
    if (data.change === 'merged' && data.mergedInto) await this.relations.merge(data.clientId, data.mergedInto);
    if (data.change === 'unmerged') await this.relations.unmerge(data.clientId);
  }
}
