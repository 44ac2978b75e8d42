import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startSystem, type TestSystem } from '#testing/system.js';
import { waitFor } from '#testing/wait-for.js';
import type { ProgressOfClient, ZrmClient } from '../../libs/contracts/src/assessment/clients.ts';
import type { MatrixVersions } from '../../libs/contracts/src/assessment/matrix.ts';
import type {
  DraftSaved,
  MeasurementAnswer,
  MeasurementListed,
  MeasurementView,
} from '../../libs/contracts/src/assessment/measurements.ts';
import type { ClientAccess } from '../../libs/contracts/src/audit/access-log.ts';
import type { Melding } from '../../libs/contracts/src/notifications/meldingen.ts';
import type { Page } from '../../libs/contracts/src/paging.ts';
import { inDays } from '../support/days.ts';
import type { Problem } from '../support/door.ts';
import { makeWorld, type World } from '../support/world.ts';

const MINUTE = 60_000;

/** The core question of the ZRM (domain.md §4): does the client move between baseline and target? */
describe('the ZRMs of a client', () => {
  let system: TestSystem;
  let world: World;
  let clientId: string;
  let domains: readonly string[];

  beforeAll(async () => {
    system = await startSystem();
    world = await makeWorld(system, { places: 2, clients: 2 });
    [clientId = ''] = world.clientIds;
    const samira = await world.as('samira');
    const arrival = { kind: 'arrival', placeId: world.placeIds[0], from: inDays(-200) };
    await samira.post(`/v1/clients/${clientId}/housing-changes`, arrival, { key: 'arrival' });
    const { items, current } = await samira.get<MatrixVersions>('/v1/zrm-versions');
    domains = items.find(({ code }) => code === current)?.domains.map(({ code }) => code) ?? [];
    await waitFor(async () => (await listed('no-baseline')).includes(clientId), {
      timeout: 20_000,
      what: 'the assessment service to know of the arrival',
    });
  }, 2 * MINUTE);

  afterAll(async () => system.close(), MINUTE);

  const zrms = (): string => `/v1/clients/${clientId}/zrms`;

  const listed = async (list: string): Promise<string[]> => {
    const { items } = await (await world.as('samira')).get<Page<ZrmClient>>(`/v1/zrm-clients?list=${list}`);
    return items.map((client) => client.clientId);
  };

  const filledIn = (kind: string, days: number, levels: Readonly<Record<string, number>>) => ({
    kind,
    date: inDays(days),
    matrixVersion: '2017',
    scores: domains.map((domain) => ({ domain, score: levels[domain] ?? 3 })),
    participants: ['client'],
  });

  const fill = async (kind: string, days: number, levels: Readonly<Record<string, number>>): Promise<string> => {
    const samira = await world.as('samira');
    const content = filledIn(kind, days, levels);
    const { measurementId, version } = await samira.post<DraftSaved>(zrms(), content, { key: `${kind} ${days}` });
    const answer = await samira.post<MeasurementAnswer>(`${zrms()}/${measurementId}/submit`, content, { version });
    expect(answer).toMatchObject({ outcome: 'accepted', state: 'submitted' });
    return measurementId;
  };

  it(
    'tell a drop on Huisvesting with why, to who fills in and to who guards the client',
    async () => {
      const samira = await world.as('samira');
      const begun = { kind: 'baseline', matrixVersion: '2017', scores: [{ domain: 'housing', score: 2 }] };
      const started = await samira.post<DraftSaved>(zrms(), begun, { key: 'begun' });
      expect(started.missing.map(({ code }) => code)).toContain('zrm-date-missing');
      const draft = `${zrms()}/${started.measurementId}`;
      const content = filledIn('baseline', -190, { housing: 2 });
      const saved = await samira.put<DraftSaved>(`${draft}/draft`, content, { version: 1 });
      expect(saved).toEqual({
        outcome: 'saved',
        measurementId: started.measurementId,
        version: 2,
        state: 'draft',
        missing: [],
      });
      await samira.post<MeasurementAnswer>(`${draft}/submit`, content, { version: 2 });
      expect(await listed('no-target')).toContain(clientId);
      await fill('target', -190, { housing: 4, finances: 4 });
      expect(await listed('no-target')).not.toContain(clientId);
      await fill('periodic', -95, { housing: 3 });
      expect(await listed('changed')).toEqual([]);
      const last = await fill('periodic', 0, { housing: 2 });

      const noor = await world.as('noor');
      const progress = await noor.get<ProgressOfClient>(`/v1/clients/${clientId}/zrm-progress`);
      expect(progress).toMatchObject({
        direction: 'down',
        latest: { measurementId: last },
        targetsSet: 13,
        findings: [
          {
            kind: 'drop',
            ruleId: 'drop-of-one',
            domain: 'housing',
            from: 3,
            to: 2,
            before: inDays(-95),
            since: inDays(0),
          },
        ],
      });
      const housing = progress.domains.find(({ domain }) => domain === 'housing');
      expect(housing).toMatchObject({
        standing: 'at-baseline',
        direction: 'down',
        position: 0,
        lastMove: { from: 3, to: 2, since: inDays(0) },
      });
      const { items } = await noor.get<Page<ZrmClient>>('/v1/zrm-clients?list=changed&finding=drop');
      expect(items.map((client) => client.clientId)).toEqual([clientId]);
    },
    MINUTE,
  );

  it('show who they are about by name, and keep what was corrected readable', async () => {
    const samira = await world.as('samira');
    const list = await samira.get<Page<MeasurementListed> & { names: { people: object } }>(zrms());
    expect(list.items.map(({ kind }) => kind).sort()).toEqual(['baseline', 'periodic', 'periodic', 'target']);
    expect(Object.keys(list.names.people)).toEqual([world.personIds.get('samira')]);
    const [{ measurementId, version } = { measurementId: '', version: 0 }] = list.items;
    const mended = { ...filledIn('periodic', 0, { housing: 3, finances: 4 }), reason: 'typing-error' };
    await samira.post(`${zrms()}/${measurementId}/correct`, mended, { version });
    const view = await samira.get<MeasurementView>(`${zrms()}/${measurementId}`);
    expect(view.correction).toMatchObject({ reason: 'typing-error' });
    expect(view.earlier).toHaveLength(1);
    expect(await listed('changed')).toEqual([clientId]);
    const findings = (await samira.get<ProgressOfClient>(`/v1/clients/${clientId}/zrm-progress`)).findings;
    expect(findings.map(({ kind }) => kind)).toEqual(['target-reached']);
  });

  it('are refused to who has nothing to do with the client, and refused precisely to who has', async () => {
    const joost = await world.doorOf('joost');
    expect((await joost.send(`/v1/clients/${clientId}/zrm-progress`)).status).toBe(404);
    const noor = await world.doorOf('noor');
    const json = filledIn('periodic', -1, {});
    expect((await noor.send(zrms(), { method: 'POST', json })).status).toBe(403);
    const samira = await world.doorOf('samira');
    const scores = [{ domain: 'housing', score: 6 }];
    const refused = await samira.send(zrms(), { method: 'POST', json: { ...json, scores } });
    expect(refused.status).toBe(400);
    expect((JSON.parse(refused.text) as Problem).errors).toMatchObject([
      { path: 'scores[0].score', code: 'zrm-level-invalid' },
    ]);
  });

  it('leave a line in the access log for each time that somebody saw them', async () => {
    const noor = await world.as('noor');
    const isLogged = async (): Promise<boolean> => {
      const { items } = await noor.get<Page<ClientAccess>>(`/v1/clients/${clientId}/access-log?limit=200`);
      const operations = items.map(({ operation }) => operation);
      return ['assessment.clients.progress', 'assessment.measurements.submit'].every((one) => operations.includes(one));
    };
    await waitFor(isLogged, { timeout: 20_000, what: 'the lines about the ZRMs' });
  });

  it(
    'are asked for when they are due, and no longer once they are filled in',
    async () => {
      // Entered long after the day: everything that would have been sent is told by the last step, at once.
      const [, late = ''] = world.clientIds;
      const [samira, noor] = await Promise.all([world.as('samira'), world.as('noor')]);
      const arrival = { kind: 'arrival', placeId: world.placeIds[1], from: inDays(-50) };
      await samira.post(`/v1/clients/${late}/housing-changes`, arrival, { key: 'late-arrival' });
      const reminders = async (api: typeof samira, status: string): Promise<Melding[]> =>
        (await api.all<Melding>(`/v1/meldingen?clientId=${late}&status=${status}`)).filter(({ parts }) =>
          parts.some(({ eventType }) => eventType.includes('zrm-due')),
        );
      const [hers] = await waitFor(async () => nonEmpty(await reminders(samira, 'open')), {
        timeout: 20_000,
        what: 'the reminder for the clientmanager',
      });
      expect(hers?.parts.find(({ aboutId }) => aboutId !== undefined)).toMatchObject({
        codes: { due: 'baseline', clientmanager: 'clientmanager', trajectregisseur: 'trajectregisseur' },
        expectedAction: 'fill-in-zrm',
        because: 'representative-of-place',
      });
      await waitFor(async () => nonEmpty(await reminders(noor, 'open')), {
        timeout: 20_000,
        what: 'that of the regisseur',
      });
      const content = filledIn('baseline', -1, {});
      const path = `/v1/clients/${late}/zrms`;
      const { measurementId, version } = await samira.post<DraftSaved>(path, content, { key: 'late-baseline' });
      await samira.post<MeasurementAnswer>(`${path}/${measurementId}/submit`, content, { version });
      for (const api of [samira, noor]) {
        await waitFor(async () => (await reminders(api, 'open')).every(isSettled), {
          timeout: 20_000,
          what: 'nothing of it to be asked any more',
        });
      }
    },
    MINUTE,
  );
});

function nonEmpty<T>(list: readonly T[]): readonly T[] | undefined {
  return list.length > 0 ? list : undefined;
}

/** Whether a melding asks for no ZRM any more; it may be open for the arrival that it tells of. */
function isSettled({ parts, partsSettled = [] }: Melding): boolean {
  const settled = new Set(partsSettled.map(({ partId }) => partId));
  return parts.every(({ partId, aboutId }) => aboutId === undefined || settled.has(partId));
}
