import { AccessLog } from '#access/access-log.js';
import { AccessReceipt, Protected } from '#access/protected.js';
import { parseCivilDate } from '#calendar/civil-date.js';
import { AdjustableClock, WallClock } from '#calendar/clock.js';
import type { Caller } from '#contracts/caller.js';
import type { CloudEvent } from '#contracts/fact.js';
import { Refusal } from '#contracts/refusal.js';
import { housingSituationChanged, type HousingSituationChanged } from '#contracts/registration/facts.js';
import { Outbox, type OutboxEntry } from '#messaging/outbox.js';
import { Database } from '#persistence/database.js';
import { UnitOfWork } from '#persistence/unit-of-work.js';
import { type ClientDocument, ClientModel } from '../clients/client.schema.js';
import { type PlaceDocument, PlaceModel } from '../structure/place.schema.js';
import type { HousingCommand } from './housing-commands.js';
import { emptyClientLedger } from './housing-types.js';
import { StaysRepository } from './stays.repository.js';
import { type HousingOrigin, type HousingOutcome, StaysService } from './stays.service.js';

/** What a caller would see, once it is logged. */
export function opened<T>(sealed: Protected<T>): T {
  return Protected.open(sealed, new AccessReceipt(sealed.subjects.map(({ clientId }) => clientId)));
}

/** A clientmanager of an institution. */
export function aManager(organisationId: string, personId = `manager-${organisationId}`): Caller {
  return { kind: 'person', personId, roles: ['clientmanager'], organisationId, clusterIds: [], clientIds: [] };
}

/** A trajectregisseur with a caseload of clusters and clients. */
export function aRegisseur(clusterIds: string[], clientIds: string[] = []): Caller {
  return { kind: 'person', personId: 'regisseur', roles: ['trajectregisseur'], clusterIds, clientIds };
}

/** A client document without anything that housing does not need. */
export function aClient(clientId: string, over: Partial<ClientDocument> = {}): ClientDocument {
  const now = new Date('2026-01-01T00:00:00Z');
  return {
    _id: clientId,
    version: 1,
    details: { familyName: clientId, contactPersons: [] },
    registeredByOrganisationId: 'org',
    searchKeys: [],
    duplicateKeys: [],
    nameKey: clientId,
    requestHash: 'test',
    createdAt: now,
    createdBy: 'test',
    updatedAt: now,
    updatedBy: 'test',
    ledger: emptyClientLedger(clientId),
    housing: { status: 'none' },
    relatedOrganisationIds: ['org'],
    relatedClusterIds: [],
    ...over,
  };
}

/** A place document that is always open. */
export function aPlaceDocument(placeId: string, over: Partial<PlaceDocument> = {}): PlaceDocument {
  return {
    _id: placeId,
    version: 1,
    label: `Haven ${placeId}`,
    labelKey: placeId,
    clusterId: 'cluster',
    locationId: 'location',
    organisationId: 'org',
    kind: 'opvang',
    zwaarte: 'medium',
    fundingFrame: 'inside-chain',
    requestHash: 'test',
    ledger: { version: 0, occupations: [] },
    ...over,
  };
}

/** The stays feature on a real database, without a broker: facts stay in the outbox, where tests count them. */
export class StaysWorld {
  readonly clock = AdjustableClock.at('2026-06-15T08:00:00Z');
  readonly database: Database;
  readonly unitOfWork: UnitOfWork;
  readonly outbox: Outbox;
  readonly accessLog: AccessLog;
  readonly clients: ClientModel;
  readonly places: PlaceModel;
  readonly repository: StaysRepository;
  readonly service: StaysService;

  private constructor(url: string, name: string) {
    this.database = new Database({ url, name });
    this.unitOfWork = new UnitOfWork(this.database);
    this.outbox = new Outbox(this.database, this.clock, new WallClock(), { service: 'registration', natsUrl: '' });
    this.accessLog = new AccessLog(this.outbox, this.clock);
    this.clients = new ClientModel(this.database);
    this.places = new PlaceModel(this.database);
    this.repository = new StaysRepository(this.clients, this.places);
    this.service = this.anotherService();
  }

  /** A service as another process would have it: it shares nothing but the database. */
  anotherService(): StaysService {
    return new StaysService(this.repository, this.unitOfWork, this.outbox, this.accessLog, this.clock);
  }

  /** Connects; collections and indexes are made by {@link ready}, after a test registered its own models. */
  static on(url: string, name: string): StaysWorld {
    return new StaysWorld(url, name);
  }

  async ready(): Promise<this> {
    await this.database.onModuleInit();
    return this;
  }

  async close(): Promise<void> {
    await this.database.connection.dropDatabase();
    await this.database.onApplicationShutdown();
  }

  /** Forgets all that tests wrote. */
  async clear(): Promise<void> {
    for (const collection of ['clients', 'places', 'outbox']) {
      await this.database.connection.collection(collection).deleteMany({});
    }
  }

  async seed(clients: ClientDocument[], places: PlaceDocument[]): Promise<void> {
    await this.clients.model.insertMany(clients);
    await this.places.model.insertMany(places);
  }

  /** Two institutions: De Haven with Noor and Sem and two places, De Brug with Zoe and one. */
  async seedChain(): Promise<void> {
    const haven = { registeredByOrganisationId: 'haven', relatedOrganisationIds: ['haven'] };
    const details = { familyName: 'noor', contactPersons: [], birthDate: parseCivilDate('2008-02-03') };
    await this.seed(
      [
        aClient('noor', { ...haven, details: { ...details, zwaarte: 'heavy' } }),
        aClient('sem', haven),
        aClient('zoe', { registeredByOrganisationId: 'brug', relatedOrganisationIds: ['brug'] }),
      ],
      [
        aPlaceDocument('A', { organisationId: 'haven', clusterId: 'haven-1' }),
        aPlaceDocument('B', { organisationId: 'haven', clusterId: 'haven-1', zwaarte: 'heavy' }),
        aPlaceDocument('X', { organisationId: 'brug', clusterId: 'brug-1' }),
      ],
    );
  }

  do(command: HousingCommand, caller = aManager('org'), request?: HousingOrigin['request']): Promise<HousingOutcome> {
    return this.service.execute(command, caller, { channel: 'person', ...(request && { request }) });
  }

  /** The code with which a command is refused, or `accepted`. Anything but a refusal is thrown on. */
  async try(...given: Parameters<StaysWorld['do']>): Promise<string> {
    try {
      await this.do(...given);
      return 'accepted';
    } catch (error) {
      if (error instanceof Refusal) return error.code;
      throw error;
    }
  }

  async client(clientId: string): Promise<ClientDocument> {
    const client = await this.clients.model.findById(clientId).lean<ClientDocument>();
    if (client === null) throw new Error(`no client ${clientId}`);
    return client;
  }

  async place(placeId: string): Promise<PlaceDocument> {
    const place = await this.places.model.findById(placeId).lean<PlaceDocument>();
    if (place === null) throw new Error(`no place ${placeId}`);
    return place;
  }

  /** Everything in the outbox. */
  async entries(): Promise<OutboxEntry[]> {
    return this.database.connection.collection<OutboxEntry>('outbox').find().toArray();
  }

  /** The housing facts in the outbox. */
  async facts(): Promise<CloudEvent<HousingSituationChanged>[]> {
    const entries = await this.database.connection
      .collection<OutboxEntry & { event: CloudEvent<HousingSituationChanged> }>('outbox')
      .find({ 'event.type': housingSituationChanged.type })
      .toArray();
    return entries.map(({ event }) => event);
  }
}
