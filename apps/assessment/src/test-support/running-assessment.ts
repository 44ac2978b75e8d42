import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { jetstream } from '@nats-io/jetstream';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import mongoose, { type Connection } from 'mongoose';
import { v7 as uuidv7 } from 'uuid';
import { CallerTokenSigner } from '#access/caller-token.js';
import { Clock } from '#calendar/clock.js';
import type { Caller } from '#contracts/caller.js';
import type { CloudEvent, FactDefinition } from '#contracts/fact.js';
import {
  type ChainLeave,
  type ChainPeriod,
  type ClientChanged,
  clientChanged,
  type HousingSituationChanged,
  housingSituationChanged,
} from '#contracts/registration/facts.js';
import type { RequestDefinition } from '#contracts/request.js';
import { Bus } from '#messaging/bus.js';
import type { OutboxEntry } from '#messaging/outbox.js';
import { type RunningService, startService } from '#platform/run-service.js';
import { engines, ownEngine, type OwnEngine, uniqueName } from '#testing/engines.js';
import { waitFor } from '#testing/wait-for.js';
import { AssessmentConfig } from '../assessment-config.js';
import { AssessmentModule } from '../assessment.module.js';
import { ClientsRepository } from '../directory/clients.repository.js';

/** The institution whose clients the specs are about, unless they say otherwise. */
export const INSTITUTION = 'haven';
export const CLUSTER = 'cluster-1';

/** A time in the chain for the specs: `until` where it ended, `stayId` where there are several. */
type Period = Pick<ChainPeriod, 'from'> & Partial<ChainPeriod>;

/** The service under test on real engines, with everything that surrounds it played by the test. */
export class RunningAssessment {
  readonly services: RunningService[] = [];
  private readonly versions = new Map<string, number>();
  private now: (() => Date) | undefined;

  private constructor(
    readonly config: AssessmentConfig,
    readonly nats: OwnEngine,
    /** The service's own database, to look at what is stored. */
    readonly database: Connection,
    private readonly connection: NatsConnection,
    private readonly signer: CallerTokenSigner,
  ) {}

  /** Starts one process on a database and a broker of its own. */
  static async start(change: Partial<AssessmentConfig> = {}): Promise<RunningAssessment> {
    const { mongoUrl, redisUrl } = await engines();
    const nats = await ownEngine('nats');
    const { publicKey, privateKey } = generateKeyPairSync('ed25519');
    const config = Object.assign(new AssessmentConfig(), {
      NODE_ENV: 'test' as const,
      MONGO_URL: mongoUrl,
      NATS_URL: nats.url,
      REDIS_URL: redisUrl,
      DATABASE_PREFIX: `${uniqueName('z')}_`,
      LOG_LEVEL: 'silent',
      CLIENT_NUMBER_KEY: randomBytes(32).toString('base64'),
      IMPORT_CONTENT_KEY: randomBytes(32).toString('base64'),
      CALLER_PUBLIC_KEY: publicKey.export({ format: 'der', type: 'spki' }).toString('base64'),
      ...change,
    });
    const signer = new CallerTokenSigner(privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64'));
    const connection = await connect({ servers: nats.url, maxReconnectAttempts: -1 });
    const dbName = `${config.DATABASE_PREFIX}doorstroom_assessment`;
    const database = await mongoose.createConnection(mongoUrl, { dbName }).asPromise();
    const running = new RunningAssessment(config, nats, database, connection, signer);
    try {
      await running.add();
      return running;
    } catch (error) {
      // A broker that nobody stops would keep the whole test run alive.
      await running.close();
      throw error;
    }
  }

  /** Another process of the same service. */
  async add(): Promise<RunningService> {
    const service = await startService('assessment', this.config, (config) => AssessmentModule.with(config));
    this.services.push(service);
    if (this.now) service.app.get(Clock).now = this.now;
    return service;
  }

  get first(): RunningService {
    const [first] = this.services;
    if (!first) throw new Error('no process runs');
    return first;
  }

  /** What the first process made of a class. */
  get<T>(type: new (...args: never[]) => T): T {
    return this.first.app.get(type, { strict: false });
  }

  /** Sets the clock of every process, also of those to come, to go on from an instant. */
  setNow(instant: string): void {
    const began = performance.now();
    const now = () => new Date(Date.parse(instant) + performance.now() - began);
    this.now = now;
    for (const { app } of this.services) app.get(Clock).now = now;
  }

  /** Asks as a person, with the proof that the gateway would send. */
  async ask<P extends object, R>(caller: Caller, definition: RequestDefinition<P, R>, payload: P): Promise<R> {
    const { app } = this.first;
    return app.get(Bus).ask(definition, payload, await this.signer.sign(caller, definition.service, new Date()));
  }

  /** Publishes a fact as its service would; the same id twice is a redelivery that the broker does not notice. */
  async publish<D extends object>(
    fact: FactDefinition<D>,
    data: D,
    key: string,
    version: number,
    id: string = uuidv7(),
  ): Promise<string> {
    const event: CloudEvent<D> = {
      specversion: '1.0',
      id,
      source: `urn:nld:doorstroom:${fact.service}`,
      type: fact.type,
      subject: key,
      time: new Date().toISOString(),
      datacontenttype: 'application/json',
      partitionkey: key,
      sequence: String(version),
      data,
    };
    await jetstream(this.connection).publish(fact.subject, JSON.stringify(event));
    return id;
  }

  /**
   * A client's housing as registration tells it, whole; waits until the service knows it. Each call is the next change.
   */
  async housed(
    clientId: string,
    presence: readonly Period[],
    change: Partial<HousingSituationChanged> & { readonly leaves?: ChainLeave[] } = {},
  ): Promise<void> {
    const version = (this.versions.get(clientId) ?? 0) + 1;
    this.versions.set(clientId, version);
    const periods = presence.map((period, index) => {
      return { stayId: `stay-${index + 1}`, clusterId: CLUSTER, organisationId: INSTITUTION, ...period };
    });
    const last = periods.at(-1);
    const data: HousingSituationChanged = {
      clientId,
      changeId: uuidv7(),
      version,
      kind: version === 1 ? 'arrival' : 'move',
      effectiveOn: last?.from ?? '2026-01-01',
      recordedAt: this.first.app.get(Clock).now().toISOString(),
      recordedBy: 'mentor',
      channel: 'person',
      relatedOrganisationIds: [last?.organisationId ?? INSTITUTION],
      relatedClusterIds: [last?.clusterId ?? CLUSTER],
      presence: periods,
      leaves: [],
      reasons: {},
      ...change,
    };
    await this.publish(housingSituationChanged, data, clientId, version);
    const clients = this.first.app.get(ClientsRepository);
    await waitFor(async () => ((await clients.find(clientId))?.known.housingVersion ?? 0) >= version, {
      what: `the service to know housing ${version} of ${clientId}`,
    });
  }

  /** A change of a client's record as registration tells it; waits until the service knows it. */
  async recordChanged(clientId: string, data: Pick<ClientChanged, 'change' | 'version'> & Partial<ClientChanged>) {
    await this.publish(clientChanged, { clientId, fields: [], ...data }, clientId, data.version);
    const clients = this.first.app.get(ClientsRepository);
    await waitFor(async () => ((await clients.find(clientId))?.known.recordVersion ?? 0) >= data.version, {
      what: `the service to know record ${data.version} of ${clientId}`,
    });
  }

  /** Facts that were stored to be published, oldest first. */
  async facts<D extends object>(fact: FactDefinition<D>): Promise<D[]> {
    const entries = await this.database
      .collection<OutboxEntry & { event: CloudEvent<D> }>('outbox')
      .find({ 'event.type': fact.type })
      .sort({ _id: 1 })
      .toArray();
    return entries.map(({ event }) => event.data);
  }

  async close(): Promise<void> {
    try {
      await this.connection.close();
      await Promise.all(this.services.map((service) => service.stop()));
      // When nobody writes any more: what is dropped under a running service comes back with its next write.
      await this.database.dropDatabase();
      await this.database.close();
    } finally {
      await this.nats.close();
    }
  }
}

/** A clientmanager of an institution. */
export function clientmanagerOf(organisationId = INSTITUTION, personId = `manager-${organisationId}`): Caller {
  return { kind: 'person', personId, roles: ['clientmanager'], organisationId, clusterIds: [], clientIds: [] };
}

/** A trajectregisseur with these clusters and clients in the caseload. */
export function regisseurOf(clusterIds: string[] = [CLUSTER], clientIds: string[] = []): Caller {
  return {
    kind: 'person',
    personId: 'regisseur',
    roles: ['trajectregisseur'],
    organisationId: 'ggd',
    clusterIds,
    clientIds,
  };
}

/** Somebody with a role and no clients. */
export function personWith(...roles: Caller['roles']): Caller {
  const personId = roles.join('-');
  return { kind: 'person', personId, roles, organisationId: 'ggd', clusterIds: [], clientIds: [] };
}
