import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addDays } from '#calendar/civil-date.js';
import { getZrmTimeliness, type GetZrmTimeliness, type TimelinessFigures } from '#contracts/assessment/timeliness.js';
import { updateDueSettings } from '#contracts/assessment/due.js';
import type { Caller } from '#contracts/caller.js';
import { Deadlines } from '#deadlines/deadlines.service.js';
import { DueItemsRepository } from '#deadlines/due-items.repository.js';
import { waitFor } from '#testing/wait-for.js';
import type { DueHistory, DueMoment } from '../due/due-history.js';
import { DuePlansRepository } from '../due/due-plans.repository.js';
import { d } from '../measurement/measurement-world.fixture.js';
import { fillIn, refusedBy, whole } from '../test-support/filling-in.js';
import { clientmanagerOf, personWith, regisseurOf, RunningAssessment } from '../test-support/running-assessment.js';
import { FixedFigures } from '../quarters/fixed-figures.service.js';

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
      ['9999-10-01', '9999-12-31'],
    ] as const) {
      expect(await refusedBy(figures(policy, from, until))).toEqual(['zrm-quarter-only']);
    }
    for (const [from, until, date] of [
      ['2026-01-01', '2026-04-01', '2026-05-01'],
      ['2026-04-01', '2026-07-01', '2026-08-01'],
    ] as const) {
      await expect(figures(policy, from, until)).rejects.toMatchObject({
        code: 'zrm-quarter-not-yet',
        params: { date },
      });
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

  it('tell policy of a quarter what was known a month after its end, whatever is recorded later', async () => {
    const quarter = ['2026-10-01', '2027-01-01'] as const;
    const atKust = { organisationId: 'kust', clusterId: 'cluster-7' };
    running.setNow('2026-09-01T10:00:00Z');
    const clients = Array.from({ length: 7 }, (_, index) => `kust-${index}`);
    for (const clientId of clients) await running.housed(clientId, [{ from: '2026-09-01', ...atKust }]);
    const plans = running.database.collection<{ _id: string; history: DueHistory }>('due_plans');
    for (const organisationId of ['haven', 'brug', 'kust']) {
      const open: DueMoment = { kind: 'periodic', dueOn: d('2026-11-20'), organisationId };
      await plans.insertOne({
        _id: `forty at ${organisationId}`,
        history: { moments: Array(40).fill(open), times: [] },
      });
    }
    // By the clock that was set: the due item of the start went by that of the machine.
    await running.database.collection<{ _id: string }>('due_items').deleteOne({ _id: 'zrm-quarter' });
    await running.get(FixedFigures).onApplicationBootstrap();
    const fixedAt = async (): Promise<unknown> => {
      await running.get(Deadlines).sweep();
      return (await running.get(DueItemsRepository).find('zrm-quarter'))?.dueAt.toISOString();
    };
    expect(await fixedAt()).toBe('2026-10-31T23:00:00.000Z');

    // It goes on from quarter to quarter, also when the time of several has come.
    running.setNow('2027-01-31T22:59:00Z');
    await waitFor(async () => (await fixedAt()) === '2027-01-31T23:00:00.000Z', {
      what: 'the third quarter to be fixed',
    });
    await expect(figures(policy, ...quarter)).rejects.toMatchObject({
      code: 'zrm-quarter-not-yet',
      params: { date: '2027-02-01' },
    });
    running.setNow('2027-01-31T23:00:05Z');
    await waitFor(async () => (await fixedAt()) === '2027-04-30T22:00:00.000Z', {
      what: 'the fourth quarter to be fixed',
    });

    // On the morning of that day, before anybody asks.
    running.setNow('2027-02-01T08:00:00Z');
    const kust = clientmanagerOf('kust');
    await fillIn(running, kust, 'kust-0', whole('target', '2027-02-01'));
    const told = await figures(policy, ...quarter);
    expect(told).toMatchObject({ asOf: '2027-02-01', fixed: true });
    expect(told.items).toContainEqual(
      expect.objectContaining({ organisationId: 'kust', fellDue: 47, late: 0, open: 47, lapsed: 0 }),
    );

    // One more on the next day, a departure and an arrival that were recorded wrong, and other rules.
    running.setNow('2027-02-02T08:00:00Z');
    await fillIn(running, kust, 'kust-1', whole('target', '2027-02-02'));
    const left = { from: '2026-09-01', until: '2026-12-20', ...atKust };
    await running.housed('kust-2', [left], { kind: 'correction' });
    await running.housed('kust-3', [], { kind: 'cancellation' });
    await running.ask(personWith('beheerder'), updateDueSettings, { targetTerm: { months: 1 } });
    expect(await figures(policy, ...quarter)).toEqual(told);
    const own = (await figures(policy, ...quarter, { organisationId: 'kust' })).items;
    expect(own).toEqual(told.items.filter(({ organisationId }) => organisationId === 'kust'));
    const live = await figures(regisseur, ...quarter);
    expect(live.fixed).toBeUndefined();
    expect(live.items).toContainEqual(
      expect.objectContaining({ organisationId: 'kust', fellDue: 46, late: 2, lapsed: 1, open: 43 }),
    );

    // Whatever else may come to be known of clients: what fell due of them is all that figures follow from.
    const anyMoment = fc.record({
      kind: fc.constant('periodic' as const),
      dueOn: fc.integer({ min: 0, max: 91 }).map((days) => addDays(d('2026-10-01'), days)),
      organisationId: fc.constantFrom('kust', 'haven', 'new'),
    });
    for (const [index, moments] of fc.sample(fc.array(anyMoment, { minLength: 1 }), 10).entries()) {
      running.setNow(`2027-0${3 + (index % 6)}-10T10:00:00Z`);
      await plans.updateOne({ _id: `any-${index}` }, { $set: { history: { moments, times: [] } } }, { upsert: true });
      expect(await figures(policy, ...quarter)).toEqual(told);
    }
  }, 60_000);

  it('are kept of no quarter of which nothing is known yet', async () => {
    running.setNow('2027-12-01T10:00:00Z');
    const quarter = ['2024-01-01', '2024-04-01'] as const;
    expect((await figures(policy, ...quarter)).items).toEqual([]);
    const kept = running.database.collection<{ _id: string }>('fixed_figures');
    expect(await kept.findOne({ _id: `timeliness ${quarter[0]}` })).toBeNull();
    expect(await kept.findOne({ _id: 'timeliness 2026-10-01' })).not.toBeNull();
  });
});
