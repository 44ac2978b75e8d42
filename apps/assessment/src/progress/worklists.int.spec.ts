import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  countZrmClients,
  getProgress,
  type ListZrmClients,
  listZrmClients,
  type ZrmClient,
} from '#contracts/assessment/clients.js';
import { zrmWorklists } from '#contracts/assessment/codes.js';
import { startMeasurement } from '#contracts/assessment/measurements.js';
import { updateDueSettings } from '#contracts/assessment/due.js';
import type { Caller } from '#contracts/caller.js';
import { waitFor } from '#testing/wait-for.js';
import { ClientsRepository } from '../directory/clients.repository.js';
import { d } from '../measurement/measurement-world.fixture.js';
import { fillIn, refusedBy, whole } from '../test-support/filling-in.js';
import { clientmanagerOf, personWith, regisseurOf, RunningAssessment } from '../test-support/running-assessment.js';
import { StandingsRenewal } from './standings-renewal.service.js';

const manager = clientmanagerOf();
const TODAY = '2026-10-15';
const elsewhere = { organisationId: 'brug', clusterId: 'cluster-9' };

type Query = Omit<ListZrmClients, 'cursor'>;

/** Who is late and who comes soon, of clients who stand in every way. */
describe('lists of ZRMs that are due', () => {
  let running: RunningAssessment;

  beforeAll(async () => {
    running = await RunningAssessment.start();
    running.setNow(`${TODAY}T10:00:00Z`);
    await Promise.all([
      running.housed('new', [{ from: '2026-10-10' }]),
      running.housed('soon', [{ from: '2026-09-20', clusterId: 'cluster-2' }]),
      running.housed('today', [{ from: '2026-09-15' }]),
      running.housed('late', [{ from: '2026-09-10' }]),
      running.housed('later', [{ from: '2026-06-01' }]),
      running.housed('away', [{ from: '2026-06-02' }], { leaves: [{ leaveId: 'l', from: '2026-10-01' }] }),
      running.housed('left', [{ from: '2026-06-03', until: '2026-10-01' }]),
      running.housed('leaving', [{ from: '2026-06-04', until: '2026-12-01' }]),
      running.housed('brug', [{ from: '2026-06-05', ...elsewhere }]),
    ]);
    for (const kind of ['baseline', 'target'] as const)
      await fillIn(running, manager, 'later', whole(kind, '2026-06-10'));
    await fillIn(running, manager, 'soon', whole('baseline', '2026-09-21'));
    await running.ask(manager, startMeasurement, { clientId: 'late', ...whole('baseline', '2026-09-20') });
  }, 60_000);

  afterAll(async () => running.close(), 60_000);

  const page = (query: Query, caller: Caller = manager, cursor?: string) =>
    running.ask(caller, listZrmClients, { ...query, ...(cursor === undefined ? {} : { cursor }) });

  const all = async (query: Query, caller: Caller = manager): Promise<ZrmClient[]> => {
    const first = await page(query, caller);
    const clients = [...first.items];
    for (let cursor = first.nextCursor; cursor !== undefined;) {
      const next = await page(query, caller, cursor);
      // Counted once: further pages read no further than they show.
      expect(next.total).toBeUndefined();
      clients.push(...next.items);
      cursor = next.nextCursor;
    }
    expect(first.total).toBe(clients.length);
    return clients;
  };
  const ids = async (query: Query, caller?: Caller) => (await all(query, caller)).map(({ clientId }) => clientId);

  it('have the earliest date first, say how late and why, and leave out who is away, left or in time', async () => {
    expect(await ids({ list: 'late', limit: 1 })).toEqual(['leaving', 'later', 'late']);
    expect(await ids({ list: 'due', limit: 1 })).toEqual(['today']);
    const late = await all({ list: 'late' });
    expect(late.map(({ due: [first] }) => [first?.kind, first?.dueOn, first?.daysLate, first?.countedBy])).toEqual([
      ['baseline', '2026-07-04', 103, 'arrival'],
      ['periodic', '2026-09-10', 35, 'previous-zrm'],
      ['baseline', '2026-10-10', 5, 'arrival'],
    ]);
    expect(late.map(({ drafts }) => drafts.map(({ kind }) => kind))).toEqual([[], [], ['baseline']]);
  });

  it('look as far ahead as the region begins to remind, or as somebody asks', async () => {
    expect(await ids({ list: 'due', dueBefore: d('2026-11-20') })).toEqual(['today', 'new']);
    expect(await ids({ list: 'due', dueBefore: d('2026-11-21') })).toEqual(['today', 'new', 'soon']);
    expect(await ids({ list: 'due', dueBefore: d('2026-11-21'), clusterId: 'cluster-2' })).toEqual(['soon']);
    const operator = personWith('beheerder');
    const ladder = [{ step: 'ahead', days: -26, audience: ['clientmanager' as const] }];
    await running.ask(operator, updateDueSettings, { ladder });
    expect(await ids({ list: 'due' })).toEqual(['today', 'new']);
  });

  it('are counted as they list, with every filter', async () => {
    const filters = [{}, { clusterId: 'cluster-2' }, { organisationId: 'brug' }, { dueBefore: d('2026-11-21') }];
    for (const caller of [manager, regisseurOf(['cluster-2', 'cluster-9'])]) {
      for (const filter of filters) {
        const counts = await running.ask(caller, countZrmClients, filter);
        const lists = await Promise.all(
          zrmWorklists.map(async (list) => [list, (await ids({ ...filter, list }, caller)).length]),
        );
        expect(counts).toEqual(Object.fromEntries(lists));
      }
    }
    expect(await running.ask(manager, countZrmClients, {})).toMatchObject({ late: 3, incomplete: 6, all: 7 });
    expect(await running.ask(regisseurOf([]), countZrmClients, {})).toMatchObject({ late: 0, all: 0 });
  });

  it('show each institution its own, and drafts to nobody but who fills in', async () => {
    expect(await ids({ list: 'late' }, clientmanagerOf('brug'))).toEqual(['brug']);
    expect(await running.ask(clientmanagerOf('brug'), countZrmClients, {})).toMatchObject({ late: 1, all: 1 });
    expect(await ids({ list: 'late', organisationId: 'haven' }, clientmanagerOf('brug'))).toEqual([]);
    const seen = await all({ list: 'late' }, regisseurOf());
    expect(seen.map(({ clientId, drafts }) => [clientId, drafts])).toEqual([
      ['leaving', []],
      ['later', []],
      ['late', []],
    ]);
    expect(await refusedBy(running.ask(personWith('beleid'), countZrmClients, {}))).toEqual(['not-permitted']);
  });

  it('tell on the page of a client what is missing and waited for', async () => {
    const progressOf = (clientId: string) => running.ask(manager, getProgress, { clientId });
    expect(await progressOf('soon')).toMatchObject({
      lacks: ['target'],
      due: [
        { kind: 'target', dueOn: '2026-11-20', countedFrom: '2026-09-20', daysLate: 0, held: false },
        { kind: 'periodic', dueOn: '2026-12-21', countedBy: 'previous-zrm' },
      ],
    });
    expect((await progressOf('away')).due).toMatchObject([
      { kind: 'baseline', held: true, daysLate: 0 },
      { kind: 'target', held: true },
    ]);
    expect((await progressOf('left')).due).toEqual([]);
  });

  it('follow the client: filled in, moved to a draft of a merged record, and reckoned for who was there before', async () => {
    await running.housed('again', [{ from: '2026-09-01' }]);
    expect(await ids({ list: 'late' })).toContain('again');
    await fillIn(running, manager, 'again', whole('baseline', TODAY));
    await fillIn(running, manager, 'again', whole('target', TODAY));
    expect(await ids({ list: 'late' })).not.toContain('again');
    expect(await ids({ list: 'due', dueBefore: d('2027-01-16') })).toContain('again');

    await running.housed('m-new', [{ from: '2026-09-11' }]);
    await running.housed('late', [], { kind: 'merge' });
    await running.recordChanged('late', { change: 'merged', version: 1, mergedInto: 'm-new' });
    const merged = (await all({ list: 'late' })).find(({ clientId }) => clientId === 'm-new');
    expect(merged?.drafts).toMatchObject([{ kind: 'baseline' }]);
    expect(await ids({ list: 'all' })).not.toContain('late');

    // As documents were before what is waited for was kept with them.
    await running.database.collection<{ _id: string }>('clients').updateOne({ _id: 'm-new' }, { $unset: { due: 1 } });
    expect(await ids({ list: 'late' })).not.toContain('m-new');
    const second = await running.add();
    second.app.get(StandingsRenewal, { strict: false }).soon();
    await waitFor(async () => (await running.get(ClientsRepository).find('m-new'))?.due !== undefined, {
      what: 'what is waited for to be reckoned',
    });
    expect(await ids({ list: 'late' })).toContain('m-new');
  });
});
