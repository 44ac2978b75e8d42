import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { Redis } from 'ioredis';
import mongoose from 'mongoose';
import { parse } from 'yaml';
import { natsAddress } from '#messaging/nats-address.js';
import { ownEngine } from '#testing/engines.js';
import { temporaryFolder, type TemporaryFolder } from '#testing/temporary-folder.js';
import { waitFor } from '#testing/wait-for.js';
import { buildServer } from '../local/build.js';
import { chooseNats, chooseRedis } from '../local/engine-choice.js';
import { natsAnswers, redisAnswers } from '../local/engine-probes.js';
import { ManagedProcess } from '../local/managed-process.js';
import { repositoryRoot } from '../local/paths.js';
import { freePort } from '../local/ports.js';
import { nodeArguments } from '../local/service-process.js';
import { prepareMongo, type DatabaseUser } from './mongo-users.js';
import { CONTAINED_SERVICES, databaseOf, writeSecrets } from './secret-files.js';

const { MongoClient } = mongoose.mongo;
const compose = parse(readFileSync(join(repositoryRoot, 'docker-compose.yml'), 'utf8'), { merge: true }) as {
  services: Record<string, { command: string[]; environment: Record<string, string> }>;
};

/** The engines of docker-compose.yml as processes, with its own configuration and fresh secrets. */
describe('the credentials of the system in containers', () => {
  let folder: TemporaryFolder;
  let secrets: string;
  let ports: { mongo: number; nats: number; redis: number };
  const processes: ManagedProcess[] = [];
  const connections: NatsConnection[] = [];

  const run = async (
    name: string,
    command: string,
    args: string[],
    isReady: () => Promise<boolean>,
    env: Record<string, string> = {},
  ): Promise<ManagedProcess> => {
    const spec = {
      name,
      command,
      args,
      env: { PATH: process.env['PATH'] ?? '', ...env },
      cwd: repositoryRoot,
      isReady,
    };
    const started = new ManagedProcess({ ...spec, readyWithin: 60_000, stopWithin: 10_000 }, folder.reaper);
    processes.push(started);
    await started.start();
    return started;
  };
  const secret = (name: string): string => readFileSync(join(secrets, name), 'utf8').trimEnd();

  beforeAll(async () => {
    folder = temporaryFolder('credentials');
    secrets = join(folder.path, 'secrets');
    // The database without passwords first, as the image of MongoDB does too, to add the first user.
    ports = { mongo: 0, nats: await freePort(), redis: await freePort() };
    const mongo = await ownEngine('mongo');
    ports.mongo = Number(new URL(mongo.url).port);
    writeSecrets(secrets, 'from-the-provider', {
      mongo: `127.0.0.1:${ports.mongo}`,
      nats: `127.0.0.1:${ports.nats}`,
      redis: `127.0.0.1:${ports.redis}`,
      mongoOptions: 'directConnection=true',
    });
    closeMongo = () => mongo.close();

    const nats = join(folder.path, 'nats');
    mkdirSync(nats);
    const natsConf = readFileSync(join(repositoryRoot, 'deploy/docker/nats.conf'), 'utf8')
      .replace('port: 4222', `listen: "127.0.0.1:${ports.nats}"`)
      .replace('http_port: 8222', '')
      .replace('store_dir: /data', `store_dir: ${JSON.stringify(nats)}`);
    writeFileSync(join(nats, 'nats.conf'), natsConf);
    writeFileSync(join(nats, 'passwords.conf'), `${secret('nats_passwords')}\n`);
    const { location: natsServer } = await chooseNats({}, () => undefined);
    await run('nats', natsServer, ['-c', join(nats, 'nats.conf')], () => natsAnswers(ports.nats));

    const redisData = join(folder.path, 'redis');
    mkdirSync(redisData);
    const given = compose.services['redis']!.command.slice(1).map((part) => part.replace('/run/secrets', secrets));
    const { location: redisServer } = await chooseRedis({}, () => undefined);
    const address = ['--port', String(ports.redis), '--bind', '127.0.0.1', '--dir', redisData];
    await run('redis', redisServer, [...given, ...address], () => redisAnswers(ports.redis));
  }, 90_000);

  let closeMongo: () => Promise<void> = () => Promise.resolve();

  afterAll(async () => {
    for (const connection of connections) await connection.close();
    for (const each of processes.toReversed()) await each.stop();
    await closeMongo();
    folder.remove();
  }, 60_000);

  describe('the secrets', () => {
    it('stay what they are when they are made again, also when one was lost', () => {
      const before = secret('bsn_encryption_key');
      expect(writeSecrets(secrets, undefined, undefined)).toEqual([]);
      expect(secret('bsn_encryption_key')).toBe(before);
      expect(secret('oidc_client_secret')).toBe('from-the-provider');
      // Back to the addresses of this spec.
      const hosts = {
        mongo: `127.0.0.1:${ports.mongo}`,
        nats: `127.0.0.1:${ports.nats}`,
        redis: `127.0.0.1:${ports.redis}`,
      };
      writeSecrets(secrets, undefined, { ...hosts, mongoOptions: 'directConnection=true' });
    });

    it('can be read by their owner alone', () => {
      expect(statSync(secrets).mode & 0o777).toBe(0o700);
    });

    it('are made by the command from nothing, with one line of what is missing', () => {
      const out = execFileSync(
        process.execPath,
        [
          '-e',
          "import('./deploy/docker/secret-files.ts').then((m) => console.log(m.writeSecrets(process.argv[1]).length))",
          join(folder.path, 'other'),
        ],
        { cwd: repositoryRoot, encoding: 'utf8' },
      );
      expect(Number(out)).toBeGreaterThan(15);
    });
  });

  describe('NATS', () => {
    /** Connects as a service; answers what the broker forbade so far. */
    const as = async (service: string): Promise<{ connection: NatsConnection; forbidden: string[] }> => {
      const connection = await connect({ ...natsAddress(secret(`nats_url_${service}`)), reconnect: false });
      connections.push(connection);
      const forbidden: string[] = [];
      void (async () => {
        for await (const status of connection.status())
          if (status.type === 'error') forbidden.push(status.error.message);
      })();
      return { connection, forbidden };
    };

    it('lets nobody in without a password or with a wrong one', async () => {
      const servers = `nats://127.0.0.1:${ports.nats}`;
      await expect(connect({ servers, reconnect: false })).rejects.toThrow(/Authorization/i);
      await expect(connect({ servers, user: 'audit', pass: 'guess', reconnect: false })).rejects.toThrow(
        /Authorization/i,
      );
    });

    it.each([
      ['registration', 'facts.registration.x.v1', 'facts.notifications.x.v1'],
      ['notifications', 'live.meldingen.p', 'facts.registration.housing-situation-changed.v1'],
      ['assessment', 'facts.assessment.x.v1', 'live.meldingen.p'],
      ['audit', 'facts.audit.x.v1', 'access.registration.access-logged.v1'],
      ['audit', 'access.audit.access-logged.v1', 'live.meldingen.p'],
      ['gateway', 'registration.clients.get', 'facts.registration.housing-situation-changed.v1'],
      ['registration', 'access.audit.access-logged.v1', 'notifications.meldingen.list'],
      ['notifications', 'access.audit.access-logged.v1', 'turns.audit'],
      ['notifications', 'turns.notifications', 'access.registration.access-logged.v1'],
      ['registration', '$JS.API.STREAM.INFO.FACTS', '$JS.API.STREAM.DELETE.FACTS'],
      ['notifications', '$JS.API.STREAM.INFO.FACTS', '$JS.API.STREAM.PURGE.FACTS'],
      ['notifications', '$JS.API.CONSUMER.INFO.FACTS.notifications', '$JS.API.CONSUMER.MSG.NEXT.ACCESS.audit'],
      ['audit', '$JS.API.CONSUMER.INFO.ACCESS.audit', '$JS.API.CONSUMER.DELETE.FACTS.notifications'],
    ])('%s may say %s and not %s', async (service, own, others) => {
      const { connection, forbidden } = await as(service);
      connection.publish(own, '{}');
      connection.publish(others, '{}');
      // The broker answers in order: what it says of the second it would have said of the first before.
      await waitFor(() => forbidden.length > 0, { what: 'the refusal of the broker' });
      expect(forbidden).toEqual([expect.stringMatching(/permissions violation/i)]);
      expect(forbidden[0]).toContain(`"${others}"`);
    });

    it.each([
      ['notifications', 'registration.clients.get'],
      ['registration', '_INBOX_gateway.>'],
      ['gateway', '_INBOX_audit.>'],
      ['audit', 'facts.>'],
      ['registration', 'live.meldingen.*'],
    ])('%s may not listen to %s', async (service, subject) => {
      const { connection, forbidden } = await as(service);
      connection.subscribe(subject, { callback: () => undefined });
      await waitFor(() => forbidden.length > 0, { what: 'the refusal of the broker' });
      expect(forbidden).toEqual([expect.stringMatching(/permissions violation/i)]);
    });

    it('brings a request to its service and the answer to the asker', async () => {
      const { connection: service } = await as('registration');
      service.subscribe('registration.clients.get', {
        queue: 'registration',
        callback: (_error, message) => void message.respond('answered'),
      });
      await service.flush();
      const { connection: asker } = await as('gateway');
      expect((await asker.request('registration.clients.get', '{}', { timeout: 2_000 })).string()).toBe('answered');
    });
  });

  describe('Redis', () => {
    const client = (url: string): Redis =>
      new Redis(url, { lazyConnect: true, retryStrategy: () => null, enableReadyCheck: false });

    it('lets who gives no name PING and nothing else', async () => {
      const nobody = client(`redis://127.0.0.1:${ports.redis}`);
      expect(await nobody.ping()).toBe('PONG');
      await expect(nobody.get('doorstroom_notifications:due')).rejects.toThrow(/NOPERM|NOAUTH/);
      nobody.disconnect();
    });

    it('lets the notifications service at its own keys, not at others, and not at the server', async () => {
      const own = client(secret('redis_url_notifications'));
      expect(await own.set('doorstroom_notifications:due:x', '1')).toBe('OK');
      await expect(own.set('doorstroom_assessment:x', '1')).rejects.toThrow(/NOPERM/);
      await expect(own.flushall()).rejects.toThrow(/NOPERM/);
      await expect(own.config('GET', 'dir')).rejects.toThrow(/NOPERM/);
      own.disconnect();
      const guess = client(`redis://notifications:guess@127.0.0.1:${ports.redis}`);
      guess.on('error', () => undefined);
      await expect(guess.get('doorstroom_notifications:due:x')).rejects.toThrow();
      guess.disconnect();
    });
  });

  describe('the users of the database', () => {
    it('are made once and get a new password later, each for the own database alone', async () => {
      const client = new MongoClient(`mongodb://127.0.0.1:${ports.mongo}/?directConnection=true`);
      const users = JSON.parse(secret('mongo_users')) as DatabaseUser[];
      await prepareMongo(
        client,
        `127.0.0.1:${ports.mongo}`,
        users.map((user) => ({ ...user, password: 'of-before' })),
      );
      await prepareMongo(client, `127.0.0.1:${ports.mongo}`, users);
      for (const service of CONTAINED_SERVICES) {
        const { users: found } = (await client.db(databaseOf(service)).command({ usersInfo: service })) as {
          users: object[];
        };
        expect(found).toEqual([expect.objectContaining({ roles: [{ role: 'readWrite', db: databaseOf(service) }] })]);
        const own = new MongoClient(secret(`mongo_url_${service}`), { serverSelectionTimeoutMS: 3_000 });
        expect(await own.db(databaseOf(service)).command({ ping: 1 })).toMatchObject({ ok: 1 });
        await own.close();
      }
      const former = new MongoClient(
        `mongodb://audit:of-before@127.0.0.1:${ports.mongo}/?authSource=doorstroom_audit&directConnection=true`,
      );
      await expect(former.db('doorstroom_audit').command({ ping: 1 })).rejects.toThrow(/auth/i);
      await former.close();
      await client.close();
    });
  });

  it('suffice for the services behind the gateway, with the environment of docker-compose.yml', async () => {
    await buildServer();
    const filled: Record<string, string> = {
      PUBLIC_URL: 'http://localhost:1',
      LOG_LEVEL: 'warn',
      OIDC_CLIENT_ID: 'doorstroom',
    };
    const fromCompose = (value: string): string =>
      value
        .replace('/run/secrets', secrets)
        .replace(/\$\{(\w+)(?::[?-]([^}]*))?\}/g, (_whole, name: string, other: string | undefined) => {
          return filled[name] ?? other ?? '';
        });
    const started: Record<string, ManagedProcess> = {};
    for (const service of ['registration', 'assessment', 'notifications', 'audit'] as const) {
      const port = await freePort();
      const env = Object.fromEntries(
        Object.entries(compose.services[service]!.environment).map(([name, value]) => [name, fromCompose(value)]),
      );
      const isReady = (): Promise<boolean> =>
        fetch(`http://127.0.0.1:${port}/health/ready`).then(
          ({ ok }) => ok,
          () => false,
        );
      const more = {
        NODE_ENV: 'test',
        SERVICE_PORT: String(port),
        ...(service === 'registration' ? { BOOTSTRAP_OPERATOR_SUBJECT: 'first' } : {}),
      };
      started[service] = await run(service, process.execPath, nodeArguments(service), isReady, { ...env, ...more });
    }
    // The first operator is a fact of registration, which notifications takes.
    const connection = await connect(natsAddress(secret('nats_url_notifications')));
    connections.push(connection);
    const consumed = async (): Promise<number> => {
      const reply = await connection.request('$JS.API.CONSUMER.INFO.FACTS.notifications', '', { timeout: 2_000 });
      const info = reply.json<{ ack_floor: { stream_seq: number }; error?: { description: string } }>();
      return info.error ? 0 : info.ack_floor.stream_seq;
    };
    const lines = (): string[] => Object.values(started).flatMap((each) => [...each.lines]);
    await waitFor(async () => (await consumed()) > 0, { timeout: 20_000 }).catch(() => undefined);
    expect(lines().filter((line) => /permission|NOPERM|NOAUTH|not authorized/i.test(line))).toEqual([]);
    expect(await consumed()).toBeGreaterThan(0);
  }, 120_000);
});
