import { Injectable } from '@nestjs/common';
import type { ClientSession } from 'mongoose';
import { groundFor } from '#access/client-access-rules.js';
import { type AccessSubject, Protected } from '#access/protected.js';
import { Clock } from '#calendar/clock.js';
import type { Caller } from '#contracts/caller.js';
import type { DuplicateReason } from '#contracts/codes.js';
import type { Page } from '#contracts/paging.js';
import type { PossibleDuplicate } from '#contracts/registration/client-shapes.js';
import type { NewClient } from '#contracts/registration/clients.js';
import { NamesReader } from '../names/names-reader.js';
import { withoutNothing } from '../without-nothing.js';
import { parseBsn } from './bsn.js';
import { BsnCipher } from './bsn-cipher.js';
import { checkedClient } from './client-rules.js';
import { organisationOf } from './client-views.js';
import type { ClientDocument } from './client.schema.js';
import { ClientsRepository } from './clients.repository.js';
import { displayName } from './display-name.js';
import { duplicateKeys, type PersonTraits, possibleDuplicates } from './duplicates.js';
import { withInput } from './record-changes.js';

/** A record that may be of the same person. */
export interface LookAlike {
  client: ClientDocument;
  /** 0 to 100. */
  score: number;
  reasons: readonly DuplicateReason[];
}

/** Most that are shown. */
const MAX_SHOWN = 10;

/** Finds records that may be of the same person, in all institutions, and shows of each what the caller may know. */
@Injectable()
export class LookAlikes {
  constructor(
    private readonly repository: ClientsRepository,
    private readonly cipher: BsnCipher,
    private readonly names: NamesReader,
    private readonly clock: Clock,
  ) {}

  /** Records that may be of this person, most likely first. */
  async find(person: PersonTraits, session?: ClientSession): Promise<LookAlike[]> {
    const keys = duplicateKeys(person);
    if (keys.length === 0) return [];
    const candidates = await this.repository.withDuplicateKeys(keys, session);
    const traits = candidates.map((client) => ({ ...client.details, bsnHash: client.bsnHash, client }));
    return possibleDuplicates(person, traits).map(({ other, score, reasons }) => ({
      client: other.client,
      score,
      reasons,
    }));
  }

  /** What the caller may know of them; every one is logged, also those of whom only the institution is told. */
  async show(query: NewClient, caller: Caller): Promise<Protected<Page<PossibleDuplicate>>> {
    const details = checkedClient(withInput({ familyName: '', contactPersons: [] }, query), {
      today: this.clock.today(),
      bsn: query.bsn,
    });
    const bsnHash = query.bsn ? this.cipher.hash(parseBsn(query.bsn)) : undefined;
    const found = (await this.find({ ...details, bsnHash })).slice(0, MAX_SHOWN);
    const names = await this.names.organisations(found.map(({ client }) => organisationOf(client)));
    const subjects: AccessSubject[] = [];
    const items = found.map(({ client, score, reasons }): PossibleDuplicate => {
      const { _id: clientId, relatedOrganisationIds, relatedClusterIds } = client;
      const ground = groundFor(caller, { clientId, relatedOrganisationIds, relatedClusterIds });
      subjects.push({ clientId, ground: ground ?? 'duplicate-check' });
      const seen =
        ground === undefined ? {} : { name: displayName(client.details), birthDate: client.details.birthDate };
      const organisationId = organisationOf(client);
      return withoutNothing<PossibleDuplicate>({
        clientId,
        visible: ground !== undefined,
        ...seen,
        organisationId,
        organisationName: names.get(organisationId) ?? '',
        score: score / 100,
        reasons: [...reasons],
      });
    });
    return new Protected('search', subjects, { items });
  }
}
