import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startSystem, type TestSystem } from '#testing/system.js';
import { waitFor } from '#testing/wait-for.js';
import { plusDays } from '../../examples/dates.ts';
import type { DraftSaved, MeasurementAnswer } from '../../libs/contracts/src/assessment/measurements.ts';
import type { MatrixVersions } from '../../libs/contracts/src/assessment/matrix.ts';
import type { DemoClockState } from '../../libs/contracts/src/demo-clock.ts';
import type { DeadlineOverview } from '../../libs/contracts/src/deadlines.ts';
import type { Melding, MeldingPart } from '../../libs/contracts/src/notifications/meldingen.ts';
import { inDays, today } from '../support/days.ts';
import { problemIn } from '../support/door.ts';
import { LiveInbox } from '../support/live-inbox.ts';
import { makeWorld, patiently, type World } from '../support/world.ts';

const MINUTE = 60_000;
/** On a busy machine; nothing waits so long. */
const PATIENCE = { timeout: 30_000 };

/** Three months in a minute: what the demo shows when somebody moves the date (design.md §4, decision 34). */
describe('a demo whose date is moved', () => {
  let system: TestSystem;
  let world: World;
  let clientId: string;
  const inboxes = new Map<string, LiveInbox>();

  beforeAll(async () => {
    system = await startSystem({ demoClock: true, scale: { assessment: 2 } });
    world = await makeWorld(system, { places: 1, clients: 1 });
    [clientId = ''] = world.clientIds;
    for (const name of ['samira', 'noor']) {
      const inbox = new LiveInbox(system.publicUrl, await world.tokenOf(name));
      await inbox.open();
      inboxes.set(name, inbox);
    }
    const samira = await world.as('samira');
    const arrival = { kind: 'arrival', placeId: world.placeIds[0], from: inDays(-5) };
    await samira.post(`/v1/clients/${clientId}/housing-changes`, arrival, { key: 'arrival' });
    await patiently(() => filledIn('baseline', inDays(0)));
    await filledIn('target', inDays(0));
  }, 2 * MINUTE);

  afterAll(async () => {
    for (const inbox of inboxes.values()) inbox.breakOff();
    await system.close();
  }, MINUTE);

  async function filledIn(kind: string, date: string): Promise<void> {
    const samira = await world.as('samira');
    const { items, current } = await samira.get<MatrixVersions>('/v1/zrm-versions');
    const domains = items.find(({ code }) => code === current)?.domains ?? [];
    const scores = domains.map(({ code }) => ({ domain: code, score: 3 }));
    const content = { kind, date, matrixVersion: current, scores, participants: [] };
    const path = `/v1/clients/${clientId}/zrms`;
    const { measurementId, version } = await samira.post<DraftSaved>(path, content, { key: `${kind} ${date}` });
    await samira.post<MeasurementAnswer>(`${path}/${measurementId}/submit`, content, { version });
  }

  const clockOf = async (name: string): Promise<DemoClockState> =>
    (await world.as(name)).get<DemoClockState>('/v1/demo-clock');

  /** Reminders of ZRMs that came to an open page, each once however often its melding changed. */
  const reminded = (name: string): MeldingPart[] => {
    const parts = (inboxes.get(name)?.events ?? []).flatMap(({ melding }) => melding.parts);
    const reminders = parts.filter(({ eventType, aboutId }) => eventType.includes('zrm-due') && aboutId !== undefined);
    return [...new Map(reminders.map((part) => [part.partId, part])).values()];
  };

  /** What happened to the melding of the arrival, which nobody acknowledges. */
  const stepsOf = async (name: string): Promise<string[]> => {
    const meldingen = await (await world.as(name)).all<Melding>(`/v1/meldingen?clientId=${clientId}`);
    const told = meldingen.filter(({ parts }) => parts.some(({ kind }) => kind === 'arrival'));
    return told
      .flatMap(({ history }) => history.map(({ action }) => action))
      .filter((action) => action !== 'part-added');
  };

  /** Waits until everything that the date made due has happened, in both services. */
  const untilAllHappened = async (): Promise<void> => {
    const operator = await world.as('beheer');
    for (const service of ['assessment', 'notifications', 'assessment']) {
      await waitFor(
        async () => {
          const { kinds } = await operator.get<DeadlineOverview>(`/v1/deadlines/${service}/overview`);
          return kinds.every(({ late, failed }) => late + failed === 0);
        },
        { ...PATIENCE, what: `${service} to have done what was due` },
      );
    }
  };

  it('shows everybody the same date, and says precisely where it cannot go', async () => {
    const before = await clockOf('hassan');
    expect(before).toMatchObject({ today: today(), offset: 0, isMovable: true, version: 0 });
    const samira = await world.doorOf('samira');
    const refused = async (json: object): Promise<string> =>
      problemIn(await samira.post('/v1/demo-clock/move', json)).code;
    expect(await refused({ to: inDays(-1) })).toBe('demo-clock-forward-only');
    expect(await refused({ to: plusDays(today(), 800) })).toBe('demo-clock-too-far');
    expect(await refused({})).toBe('demo-clock-unclear');
    expect(problemIn(await samira.post('/v1/demo-clock/move', { months: 25 })).errors).toMatchObject([
      { path: 'months', code: 'number-too-large' },
    ]);
    const system_ = await world.doorOf('e-vita-demo');
    expect((await system_.send('/v1/demo-clock')).status).toBe(403);
    expect(await clockOf('samira')).toMatchObject({ offset: 0, version: 0 });
  });

  it(
    'reminds the clientmanager after three months, live, and nobody before',
    async () => {
      expect([reminded('samira'), reminded('noor')]).toEqual([[], []]);
      const hassan = await world.as('hassan');
      const moved = await hassan.post<DemoClockState>('/v1/demo-clock/move', { months: 3 }, { version: 0 });
      expect(moved.version).toBeGreaterThan(0);
      const [reminder] = await waitFor(() => {
        const parts = reminded('samira');
        return parts.length > 0 ? parts : undefined;
      }, PATIENCE);
      expect(reminder).toMatchObject({
        codes: { due: 'periodic', clientmanager: 'clientmanager' },
        expectedAction: 'fill-in-zrm',
        effectiveOn: moved.today,
      });
      expect(reminder?.recordedAt.slice(0, 10)).toBe(moved.now.slice(0, 10));
      await untilAllHappened();
      expect([reminded('samira').length, reminded('noor').length]).toEqual([1, 0]);
      for (const inbox of inboxes.values()) {
        const told = inbox.notices.filter(({ name }) => name === 'clock').map(({ data }) => JSON.parse(data) as object);
        expect(told).toMatchObject([{ offset: moved.offset }]);
      }
      // One step of a melding that nobody acknowledged in those three months, not all of them.
      await waitFor(async () => (await stepsOf('noor')).includes('reminded'), PATIENCE);
      expect(await stepsOf('noor')).toEqual(['received', 'reminded']);
    },
    2 * MINUTE,
  );

  it(
    'brings it to the regisseur when the ladder is at its end, once, after one process died and came back',
    async () => {
      await system.part('assessment-2').kill9();
      const samira = await world.as('samira');
      const { today: before, version } = await clockOf('samira');
      const [first, second] = await Promise.allSettled(
        [1, 2].map(() => samira.post<DemoClockState>('/v1/demo-clock/move', { days: 14 }, { version })),
      );
      // Two pages at once: one moves the date, the other hears that it was moved.
      expect([first?.status, second?.status].sort()).toEqual(['fulfilled', 'rejected']);
      await system.part('assessment-2').restart();
      expect(await clockOf('noor')).toMatchObject({ today: plusDays(before, 14), version: version + 1 });
      await waitFor(() => reminded('noor').length > 0, { ...PATIENCE, what: 'the regisseur to hear of it' });
      await untilAllHappened();
      const codes = reminded('noor').map(({ effectiveOn, expectedAction }) => ({ effectiveOn, expectedAction }));
      expect(codes).toEqual([{ effectiveOn: before, expectedAction: 'discuss' }]);
      // A week and two weeks late fell together: only the last was sent.
      expect(reminded('samira')).toHaveLength(2);
      await waitFor(async () => (await stepsOf('noor')).includes('escalated'), PATIENCE);
      expect(await stepsOf('noor')).toEqual(['received', 'reminded', 'escalated']);
    },
    2 * MINUTE,
  );

  it('keeps its date when everything that answers for it starts anew', async () => {
    const before = await clockOf('samira');
    for (const name of ['registration', 'assessment', 'assessment-2']) await system.part(name).kill9();
    await Promise.all(['registration', 'assessment', 'assessment-2'].map((name) => system.part(name).restart()));
    const after = await patiently(() => clockOf('samira'));
    expect(after).toMatchObject({ today: before.today, offset: before.offset, version: before.version });
    // A ZRM of that day is no ZRM of the future, and what was reminded of is no longer asked.
    await patiently(() => filledIn('periodic', before.today));
    await untilAllHappened();
    const noor = await world.as('noor');
    await waitFor(
      async () => {
        const { items } = await noor.get<{ items: Melding[] }>(`/v1/meldingen?clientId=${clientId}&limit=200`);
        const about = items.filter(({ parts }) => parts.some(({ eventType }) => eventType.includes('zrm-due')));
        return about.length > 0 && about.every(({ partsSettled = [] }) => partsSettled.length > 0);
      },
      { ...PATIENCE, what: 'the reminders to be settled' },
    );
    const me = await noor.get<{ today: string; clockOffset?: number }>('/v1/me');
    expect(me).toMatchObject({ today: before.today, clockOffset: before.offset });
  }, 90_000);
});
