import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { getZrmTimeliness, type GetZrmTimeliness, type TimelinessFigures } from '#contracts/assessment/timeliness.js';
import { listZrmHistory } from '#contracts/assessment/zrm-history.js';
import { updateDueSettings } from '#contracts/assessment/due.js';
import type { Caller } from '#contracts/caller.js';
import { accessesLogged, accessLogged } from '#contracts/audit/access-logged.js';
import { waitFor } from '#testing/wait-for.js';
import type { DueHistory, DueMoment } from '../due/due-history.js';
import { DuePlansRepository } from '../due/due-plans.repository.js';
import { d } from '../measurement/measurement-world.fixture.js';
import { fillIn, refusedBy, whole } from '../test-support/filling-in.js';
import { clientmanagerOf, personWith, regisseurOf, RunningAssessment } from '../test-support/running-assessment.js';

const manager = clientmanagerOf();
const regisseur = regisseurOf();
const policy = personWith('beleid');
const atBrug = { organisationId: 'brug', clusterId: 'cluster-9' };

describe('figures of timeliness', () => {
  let running: RunningAssessment;

  beforeAll(async () => {
    running = await RunningAssessment.start();
  }, 60_000);

  afterAll(async () => running.close(), 60_000);

  const figures = (caller: Caller, from: string, until: string, more: Partial<GetZrmTimeliness> = {}) =>
    running.ask(caller, getZrmTimeliness, { from: d(from), until: d(until), ...more });

  /** Each institution in short: what fell due, on time, late, open, lapsed. */
  const counted = async (caller: Caller, from: string, until: string) =>
    (await figures(caller, from, until)).items.map(({ organisationId, fellDue, onTime, late, open, lapsed }) => [
      organisationId,
      [fellDue, onTime, late, open, lapsed],
    ]);

  it('follow from what was due when, where, and what became of it', async () => {
    running.setNow('2026-01-10T10:00:00Z');
    await running.housed('noor', [{ from: '2026-01-10' }]);
    await running.housed('moves', [{ from: '2026-01-10' }]);
    await running.housed('leaves', [{ from: '2026-01-10' }]);
    running.setNow('2026-02-01T10:00:00Z');
    await fillIn(running, manager, 'moves', whole('baseline', '2026-02-01'));
    running.setNow('2026-02-13T10:00:00Z');
    await fillIn(running, manager, 'noor', whole('baseline', '2026-02-10'));
    await fillIn(running, manager, 'noor', whole('target', '2026-02-10'));
    running.setNow('2026-03-01T10:00:00Z');
    const organisations = [
      { from: '2026-01-10', organisationId: 'haven' },
      { from: '2026-03-01', organisationId: 'brug' },
    ];
    await running.housed('moves', [{ from: '2026-01-10', ...atBrug, organisations }]);
    await running.housed('leaves', [{ from: '2026-01-10', until: '2026-03-01' }], { kind: 'departure' });
    expect(await counted(regisseur, '2026-01-01', '2026-04-01')).toEqual([
      ['brug', [0, 0, 0, 0, 0]],
      ['haven', [3, 1, 1, 0, 1]],
    ]);
    running.setNow('2026-03-20T10:00:00Z');
    const { items, asOf } = await figures(regisseur, '2026-01-01', '2026-04-01');
    expect(asOf).toBe('2026-03-20');
    expect(items).toMatchObject([
      { organisationId: 'brug', fellDue: 1, open: 1, clients: 1, complete: 0 },
      {
        organisationId: 'haven',
        fellDue: 4,
        onTime: 2,
        late: 1,
        lapsed: 1,
        medianDaysLate: 3,
        clients: 1,
        complete: 1,
      },
    ]);
  }, 60_000);

  it('keep what fell due by the settings of then', async () => {
    await running.ask(personWith('beheerder'), updateDueSettings, { baselineTerm: { months: 6 } });
    const plans = running.get(DuePlansRepository);
    await waitFor(async () => (await plans.find('noor'))?.settingsVersion === 1, { what: 'the plans to follow' });
    running.setNow('2026-03-21T10:00:00Z');
    expect(await counted(regisseur, '2026-01-01', '2026-04-01')).toEqual([
      ['brug', [1, 0, 0, 1, 0]],
      ['haven', [4, 2, 1, 0, 1]],
    ]);
  });

  it('show an institution its own, and the region as long as nobody else can be reckoned from it', async () => {
    const own = await figures(manager, '2026-01-01', '2026-04-01');
    expect(own.items.map(({ organisationId }) => organisationId)).toEqual(['haven']);
    expect(own.region).toBeUndefined();
    expect((await figures(manager, '2026-01-01', '2026-04-01', { organisationId: 'brug' })).items).toEqual([]);
    await running.housed('third', [{ from: '2026-03-01', organisationId: 'kade', clusterId: 'cluster-3' }]);
    running.setNow('2026-03-22T10:00:00Z');
    const three = await figures(manager, '2026-01-01', '2026-04-01');
    expect(three.items.map(({ organisationId }) => organisationId)).toEqual(['haven']);
    expect(three.region).toMatchObject({ fellDue: 5, onTime: 2, clients: 3 });
  });

  it('are refused to whoever they are not for, and for periods that cannot be', async () => {
    for (const role of ['beheerder', 'wijkteam'] as const) {
      expect(await refusedBy(figures(personWith(role), '2026-01-01', '2026-04-01'))).toEqual(['not-permitted']);
    }
    expect(await refusedBy(figures(manager, '2026-04-01', '2026-04-01'))).toEqual(['date-order']);
    running.setNow('2026-04-01T10:00:00Z');
    for (const [from, until] of [
      ['2026-01-01', '2026-02-01'],
      ['2026-02-01', '2026-05-01'],
      ['2025-10-01', '2026-04-01'],
      ['2026-04-01', '2026-07-01'],
    ] as const) {
      expect(await refusedBy(figures(policy, from, until))).toEqual(['zrm-quarter-only']);
    }
  });

  it('tell policy no count under five, nor one that it could be reckoned from', async () => {
    running.setNow('2026-11-22T10:00:00Z');
    const moments = (organisationId: string, onTime: number, late: number): DueMoment[] =>
      Array.from({ length: onTime + late }, (_, index) => {
        const met = d(index < onTime ? '2026-08-01' : '2026-08-09');
        return { kind: 'periodic', dueOn: d('2026-08-02'), organisationId, metOn: met };
      });
    const history = (organisationId: string, onTime: number, late: number): DueHistory => {
      const times = [{ organisationId, from: d('2026-01-01'), until: d('2026-08-20') }];
      return { moments: moments(organisationId, onTime, late), times };
    };
    const plans = running.database.collection<{ _id: string; history: DueHistory }>('due_plans');
    await plans.insertMany([
      { _id: 'x-1', history: history('x', 40, 3) },
      { _id: 'x-2', history: history('y', 30, 12) },
      { _id: 'x-3', history: history('z', 25, 20) },
    ]);
    const quarter = ['2026-07-01', '2026-10-01'] as const;
    const { items, region } = await figures(policy, ...quarter);
    const x = items.find(({ organisationId }) => organisationId === 'x');
    // Three late of 43: neither is told, nor both of what they could be taken from.
    expect(x?.late).toBeUndefined();
    expect([x?.fellDue, x?.onTime]).toContain(undefined);
    expect(x?.shareOnTime).toBeUndefined();
    const lines: TimelinessFigures[] = [...items, ...(region === undefined ? [] : [region])];
    const counts = lines.flatMap(({ fellDue, onTime, late, open, lapsed, clients, complete }) => {
      return [fellDue, onTime, late, open, lapsed, clients, complete].filter((count) => count !== undefined);
    });
    expect(counts.filter((count) => count > 0 && count < 5)).toEqual([]);
    const hidden = items.filter(({ late }) => late === undefined).length;
    expect(hidden > 1 || region?.late === undefined).toBe(true);
    expect(
      (await figures(regisseur, ...quarter)).items.find(({ organisationId }) => organisationId === 'x'),
    ).toMatchObject({
      late: 3,
      medianDaysLate: 7,
    });
  });
});

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
    for (const caller of [regisseur, policy, personWith('beheerder')]) {
      expect(await refusedBy(running.ask(caller, listZrmHistory, {}))).toEqual(['not-permitted']);
    }
  });
});
