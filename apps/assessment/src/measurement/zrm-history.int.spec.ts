import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { listZrmHistory } from '#contracts/assessment/zrm-history.js';
import { accessesLogged, accessLogged } from '#contracts/audit/access-logged.js';
import { fillIn, refusedBy, whole } from '../test-support/filling-in.js';
import { clientmanagerOf, personWith, regisseurOf, RunningAssessment } from '../test-support/running-assessment.js';
import { d } from './measurement-world.fixture.js';

const manager = clientmanagerOf();

describe('the ZRMs that an institution takes along', () => {
  let running: RunningAssessment;

  beforeAll(async () => {
    running = await RunningAssessment.start();
    running.setNow('2026-10-15T10:00:00Z');
    await running.housed('a', [{ from: '2026-01-10' }]);
    await running.housed('b', [{ from: '2026-01-10' }]);
    await running.housed('c', [{ from: '2026-01-10' }]);
    await running.housed('old', [{ from: '2026-01-10' }]);
    await fillIn(running, manager, 'a', whole('periodic', '2026-05-10'));
    await fillIn(running, manager, 'a', whole('baseline', '2026-01-20', { housing: 2, justice: 'not-assessed' }));
    await fillIn(running, manager, 'old', whole('baseline', '2026-02-20'));
    await running.housed('old', [], { kind: 'merge' });
    await running.recordChanged('old', { change: 'merged', version: 1, mergedInto: 'c' });
  }, 60_000);

  afterAll(async () => running.close(), 60_000);

  it('are those that were submitted, client by client, oldest first, and each client is in the access log', async () => {
    const taken: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await running.ask(manager, listZrmHistory, {
        limit: 1,
        ...(cursor === undefined ? {} : { cursor }),
      });
      for (const { clientId, zrms } of page.items)
        taken.push(...zrms.map(({ date, kind }) => `${clientId} ${date} ${kind}`));
      cursor = page.nextCursor;
    } while (cursor !== undefined);
    expect(taken).toEqual(['a 2026-01-20 baseline', 'a 2026-05-10 periodic', 'c 2026-02-20 baseline']);
    const accesses = [
      ...(await running.facts(accessLogged)),
      ...(await running.facts(accessesLogged)).flatMap((one) => one.accesses),
    ];
    const exported = accesses.filter(({ action }) => action === 'export').flatMap(({ subjects }) => subjects);
    expect([...new Set(exported.map(({ clientId }) => clientId))].sort()).toEqual(['a', 'c']);
    const { items } = await running.ask(manager, listZrmHistory, { from: d('2026-02-01'), until: d('2026-05-01') });
    expect(items.map(({ clientId }) => clientId)).toEqual(['c']);
    const scores = (await running.ask(manager, listZrmHistory, {})).items[0]?.zrms[0]?.scores;
    expect(scores).toContainEqual({ domain: 'housing', score: 2 });
    expect(scores).toContainEqual({ domain: 'justice', score: 'not-assessed' });
  });

  it('are nothing of another institution, and for nobody else', async () => {
    expect((await running.ask(clientmanagerOf('brug'), listZrmHistory, {})).items).toEqual([]);
    for (const caller of [regisseurOf(), personWith('beleid'), personWith('beheerder')]) {
      expect(await refusedBy(running.ask(caller, listZrmHistory, {}))).toEqual(['not-permitted']);
    }
  });
});
