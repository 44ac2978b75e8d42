import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Redis } from 'ioredis';
import { v7 as uuidv7 } from 'uuid';
import { zrmDueChanged } from '#contracts/assessment/due-facts.js';
import type { MeasurementKind } from '#contracts/assessment/codes.js';
import { type HousingSituationChanged, housingSituationChanged } from '#contracts/registration/facts.js';
import { Deadlines } from '#deadlines/deadlines.service.js';
import { DueItemsRepository } from '#deadlines/due-items.repository.js';
import { waitFor } from '#testing/wait-for.js';
import { ClientsRepository } from '../directory/clients.repository.js';
import { fillIn, whole } from '../test-support/filling-in.js';
import { clientmanagerOf, CLUSTER, INSTITUTION, RunningAssessment } from '../test-support/running-assessment.js';
import { DAYS, demanded, hour, type Life, lifeOf, type News, newsOf, numbers } from './lives.fixture.js';

const CLIENTS = 16;
const manager = clientmanagerOf();

/** In the service nothing can be filled in of a client who is not known yet. */
const isPossible = ({ arrivalEntered, zrms }: Life): boolean =>
  zrms.length > 1 && zrms.every(({ entered }) => entered > arrivalEntered);
const lives = Array.from({ length: 1_000 }, (_, seed) => lifeOf(seed))
  .filter(isPossible)
  .slice(0, CLIENTS);
/** A reminder goes out within its hour: the clock runs on while the test works. */
const toHour = (line: string): string => line.replace(/:\d\d:\d\d\.\d{3}Z/, '');

interface ClientNews {
  readonly clientId: string;
  readonly news: News;
}

/** Two years of some clients, told to real processes that stop, start, lose their Redis and hear things twice. */
describe('reminders over two years, whatever happens to the service', () => {
  let running: RunningAssessment;
  let redis: Redis;
  const random = numbers(4);
  const chain = new Map<string, { version: number; data: HousingSituationChanged }>();
  const published: { id: string; data: HousingSituationChanged }[] = [];
  const faults = { restarts: 0, wipes: 0, doubles: 0 };

  beforeAll(async () => {
    running = await RunningAssessment.start();
    await running.add();
    redis = new Redis(running.config.REDIS_URL);
  }, 60_000);

  afterAll(async () => {
    redis.disconnect();
    await running.close();
  }, 60_000);

  /** The stay or leave as it stands from now on, as registration tells it. */
  const housing = async ({ clientId, news }: ClientNews): Promise<void> => {
    const before = chain.get(clientId);
    const { presence = [], leaves = [] } = before?.data ?? {};
    const stay = { stayId: 'stay', clusterId: CLUSTER, organisationId: INSTITUTION };
    const ends = (until: string | undefined) => (until === undefined ? {} : { until });
    const change =
      'presence' in news
        ? { presence: [{ ...stay, from: news.presence.from, ...ends(news.presence.until) }], leaves }
        : 'leave' in news
          ? {
              presence,
              leaves: [
                ...leaves.filter(({ leaveId }) => leaveId !== news.leave.id),
                { leaveId: news.leave.id, from: news.leave.from, ...ends(news.leave.until) },
              ],
            }
          : { presence, leaves };
    const version = (before?.version ?? 0) + 1;
    const data: HousingSituationChanged = {
      clientId,
      changeId: uuidv7(),
      version,
      kind: version === 1 ? 'arrival' : 'move',
      effectiveOn: change.presence[0]?.from ?? '',
      recordedAt: news.at.toISOString(),
      recordedBy: 'mentor',
      channel: 'person',
      relatedOrganisationIds: [INSTITUTION],
      relatedClusterIds: [CLUSTER],
      reasons: {},
      ...change,
    };
    chain.set(clientId, { version, data });
    published.push({ id: await running.publish(housingSituationChanged, data, clientId, version), data });
    const clients = running.get(ClientsRepository);
    await waitFor(async () => (await clients.find(clientId))?.known.housingVersion === version, {
      timeout: 20_000,
      what: `housing ${String(version)} of ${clientId}`,
    });
  };

  const tell = async (told: ClientNews): Promise<void> => {
    const { clientId, news } = told;
    if (!('measurement' in news)) return housing(told);
    const { kind, date } = news.measurement;
    const answer = await fillIn(running, manager, clientId, whole(kind satisfies MeasurementKind, date));
    expect(answer.outcome).toBe('accepted');
  };

  /** Whatever goes wrong now and then, between two moments at which something happens. */
  const misfortune = async (): Promise<void> => {
    const chance = random();
    if (chance < 0.025) {
      const [stopped] = running.services.splice(random() < 0.5 ? 0 : 1, 1);
      await stopped?.stop();
      await running.add();
      faults.restarts += 1;
    } else if (chance < 0.08) {
      const keys = await redis.keys(`${running.config.DATABASE_PREFIX}doorstroom_assessment:*`);
      if (keys.length > 0) await redis.del(...keys);
      faults.wipes += 1;
    } else if (chance < 0.2) {
      const again = published[Math.floor(random() * published.length)];
      if (again === undefined) return;
      const { id, data } = again;
      await running.publish(housingSituationChanged, data, data.clientId, data.version, id);
      faults.doubles += 1;
    }
  };

  /** Everything that is due now has happened, whichever process did it. */
  const settle = async (): Promise<void> => {
    await waitFor(
      async () => {
        await Promise.all(running.services.map(({ app }) => app.get(Deadlines, { strict: false }).sweep()));
        return (await running.get(DueItemsRepository).oldestOverdue()) === undefined;
      },
      { timeout: 30_000, what: 'everything due' },
    );
  };

  const nextDue = async (): Promise<Date | undefined> => {
    const plans = running.database.collection<{ nextAt: Date | null }>('due_plans');
    const [first] = await plans
      .find({ nextAt: { $ne: null } })
      .sort({ nextAt: 1 })
      .limit(1)
      .toArray();
    return first?.nextAt ?? undefined;
  };

  it('are exactly those that the rules demand, none twice', async () => {
    const all = lives
      .flatMap((life, index) => newsOf(life).map((news): ClientNews => ({ clientId: `life-${String(index)}`, news })))
      .sort((a, b) => a.news.at.getTime() - b.news.at.getTime());
    const end = hour(DAYS, '00:00');
    for (;;) {
      const due = await nextDue();
      const [first] = all;
      const at = [due, first?.news.at].flatMap((one) => one ?? []).sort((a, b) => a.getTime() - b.getTime())[0];
      if (at === undefined || at >= end) break;
      // A little later: while Redis is there, the sweep leaves a second to who is woken.
      running.setNow(new Date(at.getTime() + 2_000).toISOString());
      await misfortune();
      while (all[0] !== undefined && all[0].news.at <= at) {
        const [news] = all.splice(0, 1);
        if (news) await tell(news);
      }
      await settle();
    }
    const reminders = (await running.facts(zrmDueChanged)).filter(({ change }) => change !== 'settled');
    for (const [index, life] of lives.entries()) {
      const clientId = `life-${String(index)}`;
      const sent = reminders.filter((fact) => fact.clientId === clientId);
      const lines = sent.map(({ recordedAt, due, step }) => toHour(`${recordedAt} ${due} ${String(step)}`)).sort();
      expect({ clientId, lines }).toEqual({ clientId, lines: demanded(life).map(toHour) });
    }
    expect(reminders.length).toBeGreaterThan(CLIENTS * 5);
    expect(Math.min(...Object.values(faults))).toBeGreaterThan(2);
  }, 240_000);
});
