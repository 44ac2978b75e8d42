import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { WallClock } from '#calendar/clock.js';
import { Database } from '#persistence/database.js';
import { engines, uniqueName } from '#testing/engines.js';
import { SessionKeys } from './session-keys.js';
import { SessionRepository } from './session.repository.js';
import { ABSOLUTE_MS, IDLE_MS, SessionsService } from './sessions.service.js';

class MovedClock extends WallClock {
  moved = 0;
  override now(): Date {
    return new Date(super.now().getTime() + this.moved);
  }
}

const MINUTE_MS = 60_000;
const keys = new SessionKeys(Buffer.alloc(32, 7).toString('base64'));
let database: Database;
let repository: SessionRepository;
let clock: MovedClock;
let sessions: SessionsService;

beforeAll(async () => {
  const { mongoUrl } = await engines();
  database = new Database({ url: mongoUrl, name: uniqueName('sessions') });
  repository = new SessionRepository(database);
  await database.onModuleInit();
});
afterAll(async () => {
  await database.connection.dropDatabase();
  await database.onApplicationShutdown();
});
beforeEach(() => {
  clock = new MovedClock();
  sessions = new SessionsService(repository, keys, clock);
});

describe('a session', () => {
  it('is stored under a hash, never under the value of the cookie', async () => {
    const cookie = await sessions.open('noor', 'id-token');
    expect(await repository.find(cookie)).toBeUndefined();
    expect(await repository.find(keys.storageKey(cookie))).toMatchObject({ subject: 'noor' });
    await expect(sessions.identify(cookie)).resolves.toMatchObject({ via: 'session', subject: 'noor' });
    await expect(sessions.identify('guessed')).resolves.toBeUndefined();
  });

  it('ends when nothing was asked for half an hour', async () => {
    const cookie = await sessions.open('noor', 'id-token');
    clock.moved += IDLE_MS - MINUTE_MS;
    await expect(sessions.identify(cookie)).resolves.toBeDefined();
    clock.moved += IDLE_MS - MINUTE_MS;
    await expect(sessions.identify(cookie)).resolves.toBeDefined();
    clock.moved += IDLE_MS + MINUTE_MS;
    await expect(sessions.identify(cookie)).resolves.toBeUndefined();
  });

  it('is not kept alive by an open live stream', async () => {
    const cookie = await sessions.open('noor', 'id-token');
    for (let minute = 0; minute < 29; minute += 1) {
      clock.moved += MINUTE_MS;
      await expect(sessions.isLive(keys.storageKey(cookie))).resolves.toBe(true);
    }
    clock.moved += 2 * MINUTE_MS;
    await expect(sessions.isLive(keys.storageKey(cookie))).resolves.toBe(false);
  });

  it('ends after ten hours, however busy', async () => {
    const cookie = await sessions.open('noor', 'id-token');
    const end = clock.moved + ABSOLUTE_MS;
    while (clock.moved + 20 * MINUTE_MS < end) {
      clock.moved += 20 * MINUTE_MS;
      await expect(sessions.identify(cookie)).resolves.toBeDefined();
    }
    clock.moved += 20 * MINUTE_MS;
    await expect(sessions.identify(cookie)).resolves.toBeUndefined();
  });

  it('that was closed in another process ends here within seconds', async () => {
    const elsewhere = new SessionsService(repository, keys, clock);
    const cookie = await sessions.open('noor', 'id-token');
    await sessions.identify(cookie);
    await expect(elsewhere.close(keys.storageKey(cookie))).resolves.toBe('id-token');
    clock.moved += 6_000;
    await expect(sessions.identify(cookie)).resolves.toBeUndefined();
  });
});
