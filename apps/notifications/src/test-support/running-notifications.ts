import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { jetstream } from '@nats-io/jetstream';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import mongoose from 'mongoose';
import { v7 as uuidv7 } from 'uuid';
import { CallerTokenSigner } from '#access/caller-token.js';
import { Clock, WallClock } from '#calendar/clock.js';
import type { Caller } from '#contracts/caller.js';
import type { CloudEvent, FactDefinition } from '#contracts/fact.js';
import {
  clusterChanged,
  type HousingSituationChanged,
  housingSituationChanged,
  personChanged,
} from '#contracts/registration/facts.js';
import type { RequestDefinition } from '#contracts/request.js';
import { DueClock } from '#deadlines/due-clock.js';
import { Bus } from '#messaging/bus.js';
import { type RunningService, startService } from '#platform/run-service.js';
import { engines, ownEngine, type OwnEngine, uniqueName } from '#testing/engines.js';
import { NotificationsConfig } from '../notifications-config.js';
import { NotificationsModule } from '../notifications.module.js';

/** A service under test, with everything that surrounds it played by the test. */
export class RunningNotifications {
  readonly services: RunningService[] = [];

  private constructor(
    readonly config: NotificationsConfig,
    readonly nats: OwnEngine,
    private readonly connection: NatsConnection,
    private readonly signer: CallerTokenSigner,
  ) {}

  /** What was started and not yet stopped, also when the spec did not wait for it long enough. */
  private static readonly all = new Set<Promise<RunningNotifications>>();

  static start(change: Partial<NotificationsConfig> = {}): Promise<RunningNotifications> {
    const starting = RunningNotifications.startNow(change);
    RunningNotifications.all.add(starting);
    return starting;
  }

  /** For `afterAll`: leaves nothing running, also after a start that failed or came too late for the spec. */
  static async stopAll(): Promise<void> {
    const all = await Promise.allSettled(RunningNotifications.all);
    RunningNotifications.all.clear();
    for (const one of all) if (one.status === 'fulfilled') await one.value.stop();
  }

  private static async startNow(change: Partial<NotificationsConfig>): Promise<RunningNotifications> {
    const { mongoUrl, redisUrl } = await engines();
    const nats = await ownEngine('nats');
    const { publicKey, privateKey } = generateKeyPairSync('ed25519');
    const config = Object.assign(new NotificationsConfig(), {
      NODE_ENV: 'test' as const,
      MONGO_URL: mongoUrl,
      NATS_URL: nats.url,
      REDIS_URL: redisUrl,
      DATABASE_PREFIX: `${uniqueName('n')}_`,
      LOG_LEVEL: 'silent',
      WEBHOOK_SECRET_KEY: randomBytes(32).toString('base64'),
      CALLER_PUBLIC_KEY: publicKey.export({ format: 'der', type: 'spki' }).toString('base64'),
      ...change,
    });
    const signer = new CallerTokenSigner(privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64'));
    const connection = await connect({ servers: nats.url, maxReconnectAttempts: -1 });
    const running = new RunningNotifications(config, nats, connection, signer);
    try {
      await running.add();
      return running;
    } catch (error) {
      // A broker that nobody stops would keep the whole test run alive.
      await running.stop();
      throw error;
    }
  }

  /** Another process of the same service. */
  async add(): Promise<RunningService> {
    const service = await startService('notifications', this.config, (config) => NotificationsModule.with(config));
    this.services.push(service);
    return service;
  }

  get first(): RunningService {
    const [first] = this.services;
    if (!first) throw new Error('no process runs');
    return first;
  }

  /** Lets time go by for every process, milliseconds: of its machine, of the database, and the date. */
  advance(ms: number): void {
    for (const { app } of this.services) {
      for (const clock of [app.get(Clock), app.get(WallClock)]) {
        const before = clock.now.bind(clock);
        clock.now = () => new Date(before().getTime() + ms);
      }
      const due = app.get(DueClock);
      const before = due.unmoved.bind(due);
      due.unmoved = () => new Date(before().getTime() + ms);
    }
  }

  /** Asks as a person. */
  async ask<P extends object, R>(definition: RequestDefinition<P, R>, payload: P, caller: Caller): Promise<R> {
    const { app } = this.first;
    return app
      .get(Bus)
      .ask(definition, payload, await this.signer.sign(caller, definition.service, app.get(WallClock).now()));
  }

  /** Publishes a fact as registration would; the same id twice is a redelivery that the broker does not notice. */
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
      source: 'urn:nld:doorstroom:registration',
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

  /** Subscribes to a core NATS subject; gives what came so far. */
  listen(subject: string): { subject: string; text: string }[] {
    const heard: { subject: string; text: string }[] = [];
    this.connection.subscribe(subject, {
      callback: (_error, message) => {
        heard.push({ subject: message.subject, text: message.string() });
      },
    });
    return heard;
  }

  regisseur(personId: string): Promise<string> {
    return this.person(personId, ['trajectregisseur'], 'ggd');
  }

  person(personId: string, roles: Caller['roles'], organisationId: string, version = 1): Promise<string> {
    const data = { personId, personRoles: roles, organisationId, state: 'active' as const, version };
    return this.publish(personChanged, data, personId, version);
  }

  cluster(clusterId: string, representativeId?: string, version = 1): Promise<string> {
    const data = { clusterId, organisationId: 'haven', version, ...(representativeId ? { representativeId } : {}) };
    return this.publish(clusterChanged, data, clusterId, version);
  }

  housing(
    clientId: string,
    version: number,
    change: Partial<HousingSituationChanged> = {},
    id?: string,
  ): Promise<string> {
    const data: HousingSituationChanged = {
      clientId,
      changeId: uuidv7(),
      version,
      kind: version === 1 ? 'arrival' : 'move',
      effectiveOn: '2026-03-01',
      recordedAt: new Date().toISOString(),
      recordedBy: 'mentor',
      channel: 'person',
      placeId: `place-${version}`,
      clusterId: 'cluster-1',
      organisationId: 'haven',
      reasons: {},
      ...change,
    };
    return this.publish(housingSituationChanged, data, clientId, version, id);
  }

  private async stop(): Promise<void> {
    try {
      await this.connection.close();
      await Promise.all(this.services.map((service) => service.stop()));
      // When nobody writes any more: what is dropped under a running service comes back with its next write.
      const name = `${this.config.DATABASE_PREFIX}doorstroom_notifications`;
      const database = await mongoose.createConnection(this.config.MONGO_URL, { dbName: name }).asPromise();
      await database.dropDatabase();
      await database.close();
    } finally {
      await this.nats.close();
    }
  }
}

/** Somebody who asks. */
export function callerOf(
  personId: string,
  roles: Caller['roles'] = ['trajectregisseur'],
  organisationId = 'ggd',
): Caller {
  return { kind: 'person', personId, roles, organisationId, clusterIds: [], clientIds: [] };
}

/** The operator. */
export const operator: Caller = callerOf('operator', ['beheerder']);
