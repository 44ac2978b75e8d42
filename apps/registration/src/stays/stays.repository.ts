import { Injectable } from '@nestjs/common';
import type { ClientSession } from 'mongoose';
import type { ClientRelations } from '#access/client-access-rules.js';
import type { CivilDate } from '#calendar/civil-date.js';
import type { Zwaarte } from '#contracts/codes.js';
import { WriteConflict } from '#persistence/unit-of-work.js';
import { type ClientDocument, ClientModel, type StoredHousing } from '../clients/client.schema.js';
import { type PlaceDocument, PlaceModel } from '../structure/place.schema.js';
import type { ownPlaces } from './housing-access-rules.js';
import type { HousingCommand } from './housing-commands.js';
import { ledgersNeeded } from './housing-ledger.js';
import type { HousingRelations } from './housing-summary.js';
import type { ClientLedger, HousingChange, PlaceLedger } from './housing-types.js';

/** A change with the hash of the request that made it, so that a repeated request is told from another one. */
export interface StoredChange extends HousingChange {
  readonly requestHash?: string;
}

/** A client as far as the housing needs them. */
export interface HousedClient extends ClientRelations {
  readonly ledger: ClientLedger;
  readonly birthDate?: CivilDate;
  readonly zwaarte?: Zwaarte;
  readonly registeredByOrganisationId: string;
}

/** The ledgers that one command needs. */
export interface LoadedHousing {
  readonly clients: readonly HousedClient[];
  readonly places: readonly PlaceLedger[];
}

/** What is written of one client in a change. */
export interface ClientWrite {
  readonly ledger: ClientLedger;
  readonly change: StoredChange;
  readonly housing: StoredHousing;
  readonly relations: HousingRelations;
}

/** What is asked of places. */
export type PlaceFilter = Partial<Pick<PlaceDocument, 'organisationId' | 'clusterId' | 'kind' | 'zwaarte'>>;

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

  /** Loads what a command needs; what does not exist is left out. At most two rounds of clients, one of places. */
  async load(command: HousingCommand, session: ClientSession): Promise<LoadedHousing> {
    const loaded: HousedClient[] = [];
    const asked = new Set<string>();
    let needed = ledgersNeeded(command, []);
    for (;;) {
      const missing = needed.clientIds.filter((clientId) => !asked.has(clientId));
      if (missing.length === 0) break;
      for (const clientId of missing) asked.add(clientId);
      loaded.push(...(await this.findClients(missing, session)));
      const ledgers = loaded.map(({ ledger }) => ledger);
      needed = ledgersNeeded(command, ledgers);
    }
    return { clients: loaded, places: await this.findPlaces(needed.placeIds, session) };
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
   * @param own only places of this organisation or of one of these clusters; every place when absent
   */
  async findPlacesWhere(filter: PlaceFilter, own?: ReturnType<typeof ownPlaces>): Promise<PlaceLedger[]> {
    const parts = own && [
      ...(own.organisationId === undefined ? [] : [{ organisationId: own.organisationId }]),
      ...(own.clusterIds.length === 0 ? [] : [{ clusterId: { $in: own.clusterIds } }]),
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
   * Writes one client's ledger, with what lists and access need of it, in one statement.
   * @throws WriteConflict when the ledger has another version by now
   */
  async saveClient({ ledger, change, housing, relations }: ClientWrite, session: ClientSession): Promise<void> {
    const { clientId, version, stays, mergedInto } = ledger;
    const result = await this.clients.model.updateOne(
      { _id: clientId, 'ledger.version': version - 1 },
      {
        $set: {
          'ledger.version': version,
          'ledger.stays': stays,
          ...(mergedInto === undefined ? {} : { 'ledger.mergedInto': mergedInto }),
          housing,
          ...relations,
        },
        ...(mergedInto === undefined ? { $unset: { 'ledger.mergedInto': 1 } } : {}),
        // Pushed, so that the history that grows with the years does not travel at every change.
        $push: { 'ledger.changes': change },
      },
      { session },
    );
    if (result.matchedCount === 0) throw new WriteConflict(`ledger of client ${clientId}`);
  }

  /** Writes occupations and offer of one place. @throws WriteConflict when the ledger has another version by now */
  async savePlace({ placeId, version, occupations, offer }: PlaceLedger, session: ClientSession): Promise<void> {
    const result = await this.places.model.updateOne(
      { _id: placeId, 'ledger.version': version - 1 },
      { $set: { ledger: { version, occupations, ...(offer && { offer }) } } },
      { session },
    );
    if (result.matchedCount === 0) throw new WriteConflict(`ledger of place ${placeId}`);
  }
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
    ledger: client.ledger,
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
