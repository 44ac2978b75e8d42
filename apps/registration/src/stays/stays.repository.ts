import { Injectable } from '@nestjs/common';
import type { ClientSession, Model } from 'mongoose';
import type { ClientRelations } from '#access/client-access-rules.js';
import type { Zwaarte } from '#contracts/codes.js';
import { WriteConflict } from '#persistence/unit-of-work.js';
import { type ClientDocument, ClientModel } from '../clients/client.schema.js';
import { type PlaceDocument, PlaceModel } from '../structure/place.schema.js';
import type { ownPlaces } from './housing-access-rules.js';
import type { HousingCommand } from './housing-commands.js';
import { ledgersNeeded } from './housing-ledger.js';
import { type ClientWrite, type HousedClient, HousingSnapshot, type PlaceWrite } from './housing-snapshot.js';
import type { ClientLedger, PlaceLedger, Stay } from './housing-types.js';
import { withAllLeaves, withTouchedLeaves } from './touched-leaves.js';

export type { HousedClient, LoadedHousing } from './housing-snapshot.js';

/** What is asked of places. */
export type PlaceFilter = Partial<
  Pick<PlaceDocument, 'organisationId' | 'clusterId' | 'kind' | 'zwaarte' | 'fundingFrame'>
>;

const clientFields = {
  ledger: 1,
  'details.birthDate': 1,
  'details.zwaarte': 1,
  registeredByOrganisationId: 1,
  relatedOrganisationIds: 1,
  relatedClusterIds: 1,
} as const;

const placeFields = {
  label: 1,
  clusterId: 1,
  organisationId: 1,
  kind: 1,
  zwaarte: 1,
  fundingFrame: 1,
  openFrom: 1,
  closedFrom: 1,
  ledger: 1,
} as const;

type ClientFields = Pick<
  ClientDocument,
  '_id' | 'ledger' | 'details' | 'registeredByOrganisationId' | 'relatedOrganisationIds' | 'relatedClusterIds'
>;

/** The housing ledgers: embedded in the client and place documents, which guard them (design.md §4, Storage). */
@Injectable()
export class StaysRepository {
  constructor(
    private readonly clients: ClientModel,
    private readonly places: PlaceModel,
  ) {}

  /** Loads what commands need, together: two rounds of clients at most, one of places. */
  async load(commands: readonly HousingCommand[], session: ClientSession): Promise<HousingSnapshot> {
    const clients: HousedClient[] = [];
    const asked = new Set<string>();
    for (;;) {
      const ledgers = clients.map(({ ledger }) => ledger);
      const needed = commands.map((command) => ledgersNeeded(command, ledgers));
      const missing = [...new Set(needed.flatMap(({ clientIds }) => clientIds))].filter((id) => !asked.has(id));
      for (const id of missing) asked.add(id);
      if (missing.length > 0) {
        clients.push(...(await this.findClients(missing, session)));
        continue;
      }
      const placeIds = [...new Set(needed.flatMap((one) => one.placeIds))];
      for (const id of placeIds) asked.add(id);
      return new HousingSnapshot({ clients, places: await this.findPlaces(placeIds, session) }, asked);
    }
  }

  /** The client, or undefined when there is none. */
  async findClient(clientId: string): Promise<HousedClient | undefined> {
    const [client] = await this.findClients([clientId]);
    return client;
  }

  /** Clients by id, in no order; those that do not exist are left out. */
  async findClients(clientIds: readonly string[], session?: ClientSession): Promise<HousedClient[]> {
    if (clientIds.length === 0) return [];
    const found = await this.clients.model
      .find({ _id: oneOf(clientIds) }, clientFields, session ? { session } : {})
      .lean<ClientFields[]>();
    return found.map((client) => housedClient(client));
  }

  /** All stays and reservations of clients, without the history of changes. */
  async findStays(clientIds: readonly string[]): Promise<Stay[]> {
    if (clientIds.length === 0) return [];
    const found = await this.clients.model
      .find({ _id: oneOf(clientIds) }, { 'ledger.stays': 1 })
      .lean<{ ledger: Pick<ClientLedger, 'stays'> }[]>();
    return found.flatMap(({ ledger }) => ledger.stays);
  }

  /** Ledgers of places by id, in no order; those that do not exist are left out. */
  async findPlaces(placeIds: readonly string[], session?: ClientSession): Promise<PlaceLedger[]> {
    if (placeIds.length === 0) return [];
    const found = await this.places.model
      .find({ _id: oneOf(placeIds) }, placeFields, session ? { session } : {})
      .lean<PlaceDocument[]>();
    return found.map((place) => placeLedger(place));
  }

  /**
   * Places by what they are, in order of organisation, cluster and label.
   * @param own only places of this organisation, of one of these clusters, or these; every place when absent
   */
  async findPlacesWhere(
    filter: PlaceFilter,
    own?: ReturnType<typeof ownPlaces> & { readonly placeIds?: readonly string[] },
  ): Promise<PlaceLedger[]> {
    const parts = own && [
      ...(own.organisationId === undefined ? [] : [{ organisationId: own.organisationId }]),
      ...(own.clusterIds.length === 0 ? [] : [{ clusterId: { $in: own.clusterIds } }]),
      ...(own.placeIds === undefined || own.placeIds.length === 0 ? [] : [{ _id: { $in: own.placeIds } }]),
    ];
    if (parts?.length === 0) return [];
    const found = await this.places.model
      .find({ ...filter, ...(parts && { $or: parts }) }, placeFields)
      .lean<PlaceDocument[]>();
    return found.map((place) => placeLedger(place)).sort(byPosition);
  }

  /** What access and weight need of clients, without their ledgers. */
  async findRelations(
    clientIds: readonly string[],
    session?: ClientSession,
  ): Promise<Map<string, ClientRelations & { zwaarte?: Zwaarte }>> {
    if (clientIds.length === 0) return new Map();
    const fields = { 'details.zwaarte': 1, relatedOrganisationIds: 1, relatedClusterIds: 1 };
    const found = await this.clients.model
      .find({ _id: oneOf(clientIds) }, fields, session ? { session } : {})
      .lean<ClientFields[]>();
    return new Map(
      found.map(({ _id, relatedOrganisationIds, relatedClusterIds, details: { zwaarte } }) => [
        _id,
        { clientId: _id, relatedOrganisationIds, relatedClusterIds, ...(zwaarte && { zwaarte }) },
      ]),
    );
  }

  /**
   * Writes ledgers, with what lists and access need of them: one statement for all clients, one for all places.
   * @throws WriteConflict when one of them has another version by now
   */
  async save({ clients, places }: ReturnType<HousingSnapshot['writes']>, session: ClientSession): Promise<void> {
    await this.write(this.clients.model, clients.map(clientUpdate), session);
    await this.write(this.places.model, places.map(placeUpdate), session);
  }

  /** Writes one place that was read in the same unit of work; its version is one higher by now. */
  savePlace(place: PlaceLedger, session: ClientSession): Promise<void> {
    return this.save({ clients: [], places: [{ place, previousVersion: place.version - 1 }] }, session);
  }

  // The driver's own bulkWrite: the ledgers are plain data, and mongoose's casting costs more than the rest together.
  private async write<T>(model: Model<T>, updates: readonly Update[], session: ClientSession): Promise<void> {
    if (updates.length === 0) return;
    const operations = updates.map((updateOne) => ({ updateOne }));
    const collection = model.db.collection<{ _id: string }>(model.collection.name);
    const result = await collection.bulkWrite(operations, { session, ordered: true });
    if (result.matchedCount !== updates.length) throw new WriteConflict('a housing ledger');
  }
}

/** One update of one document, guarded by the version of its ledger. */
interface Update {
  readonly filter: { readonly _id: string; readonly 'ledger.version': number };
  readonly update: Record<string, object>;
}

function clientUpdate(write: ClientWrite): Update {
  const { ledger, previousVersion, changes, housing, relatedOrganisationIds, relatedClusterIds } = write;
  const { clientId, version, stays, mergedInto } = ledger;
  const closed = mergedInto === undefined ? {} : { 'ledger.mergedInto': mergedInto };
  return {
    filter: { _id: clientId, 'ledger.version': previousVersion },
    update: {
      $set: {
        'ledger.version': version,
        'ledger.stays': stays,
        ...closed,
        housing,
        relatedOrganisationIds,
        relatedClusterIds,
      },
      ...(mergedInto === undefined ? { $unset: { 'ledger.mergedInto': 1 } } : {}),
      // Pushed, so that the history that grows with the years does not travel at every change.
      $push: { 'ledger.changes': { $each: changes.map(withTouchedLeaves) } },
    },
  };
}

function placeUpdate({ place, previousVersion }: PlaceWrite): Update {
  const { placeId, version, occupations, offer } = place;
  return {
    filter: { _id: placeId, 'ledger.version': previousVersion },
    update: { $set: { ledger: { version, occupations, ...(offer && { offer }) } } },
  };
}

const byPosition = (a: PlaceLedger, b: PlaceLedger) => (placePosition(a) < placePosition(b) ? -1 : 1);

/** Where a place stands in a list: by organisation, cluster and label. */
export function placePosition({ organisationId, clusterId, label }: PlaceLedger): string {
  return [organisationId, clusterId, label].join('\u0000');
}

function oneOf(ids: readonly string[]): string | { $in: readonly string[] } {
  const [first] = ids;
  return ids.length === 1 && first !== undefined ? first : { $in: ids };
}

function housedClient(client: ClientFields): HousedClient {
  const { birthDate, zwaarte } = client.details;
  return {
    clientId: client._id,
    ledger: { ...client.ledger, changes: withAllLeaves(client.ledger.changes) },
    registeredByOrganisationId: client.registeredByOrganisationId,
    relatedOrganisationIds: client.relatedOrganisationIds,
    relatedClusterIds: client.relatedClusterIds,
    ...(birthDate === undefined ? {} : { birthDate }),
    ...(zwaarte === undefined ? {} : { zwaarte }),
  };
}

/** The ledger of a place with the copies of its own data that the rules read. */
export function placeLedger(place: PlaceDocument): PlaceLedger {
  const { _id, label, clusterId, organisationId, kind, zwaarte, fundingFrame, openFrom, closedFrom, ledger } = place;
  return {
    placeId: _id,
    label,
    clusterId,
    organisationId,
    kind,
    zwaarte,
    fundingFrame,
    ...(openFrom === undefined ? {} : { openFrom }),
    ...(closedFrom === undefined ? {} : { closedFrom }),
    version: ledger.version,
    occupations: ledger.occupations,
    ...(ledger.offer && { offer: ledger.offer }),
  };
}
