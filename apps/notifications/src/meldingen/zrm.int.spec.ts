import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { DueChange } from '#contracts/assessment/codes.js';
import { type ZrmDueChanged, zrmDueChanged } from '#contracts/assessment/due-facts.js';
import { type ZrmSubmitted, zrmSubmitted } from '#contracts/assessment/facts.js';
import { putCaseload } from '#contracts/notifications/caseloads.js';
import { UNASSIGNED } from '#contracts/notifications/codes.js';
import { countMeldingen, listMeldingen, listUnassigned, type Melding } from '#contracts/notifications/meldingen.js';
import { Deadlines } from '#deadlines/deadlines.service.js';
import { waitFor } from '#testing/wait-for.js';
import { callerOf, operator, RunningNotifications } from '../test-support/running-notifications.js';

const noor = callerOf('noor');
const mentor = callerOf('mentor', ['clientmanager'], 'haven');
const DAY = 86_400_000;

describe('meldingen of the ZRM', () => {
  let running: RunningNotifications;

  beforeAll(async () => {
    running = await RunningNotifications.start();
    await running.regisseur('noor');
    await running.person('mentor', ['clientmanager'], 'haven');
    await running.cluster('cluster-1', 'mentor');
    await running.cluster('empty');
    await running.ask(putCaseload, { personId: 'noor', clusterIds: ['cluster-1'], clientIds: [] }, operator);
  }, 60_000);

  afterAll(() => RunningNotifications.stopAll(), 60_000);

  const due = (clientId: string, version: number, change: DueChange, more: Partial<ZrmDueChanged> = {}) => {
    const data: ZrmDueChanged = {
      clientId,
      version,
      change,
      dueId: `periodic:${clientId}`,
      due: 'periodic',
      dueOn: '2026-04-20',
      recordedAt: new Date().toISOString(),
      audience: change === 'settled' ? [] : ['clientmanager'],
      clusterId: 'cluster-1',
      organisationId: 'haven',
      ...more,
    };
    return running.publish(zrmDueChanged, data, clientId, version);
  };
  const submitted = (clientId: string, version: number, more: Partial<ZrmSubmitted> = {}) => {
    const data: ZrmSubmitted = {
      clientId,
      measurementId: `zrm-${version}`,
      change: 'submitted',
      kind: 'periodic',
      date: '2026-04-18',
      recordedAt: new Date().toISOString(),
      recordedBy: 'mentor',
      clusterId: 'cluster-1',
      organisationId: 'haven',
      particulars: false,
      findings: [],
      version,
      ...more,
    };
    return running.publish(zrmSubmitted, data, clientId, version);
  };
  const inbox = async (of: typeof noor, clientId: string, status?: Melding['status']): Promise<Melding[]> =>
    (await running.ask(listMeldingen, { clientId, ...(status ? { status } : {}) }, of)).items;
  /** All meldingen of somebody about a client once there are so many, oldest first. */
  const all = (of: typeof noor, clientId: string, count: number): Promise<Melding[]> =>
    waitFor(
      async () => {
        const items = await inbox(of, clientId);
        return items.length >= count ? items.toReversed() : undefined;
      },
      { what: `${count} meldingen for ${of.personId}` },
    );

  it('remind the representative, who has one open at a time; nobody else hears of it, and it goes no further', async () => {
    await due('client-1', 1, 'ahead');
    const [first] = await all(mentor, 'client-1', 1);
    expect(first).toMatchObject({ status: 'open', expectedAction: 'fill-in-zrm', because: 'representative-of-place' });
    expect(first?.acknowledgeBy).toBeUndefined();
    running.advance(30 * DAY);
    await running.first.app.get(Deadlines, { strict: false }).sweep();
    await due('client-1', 2, 'late');
    const [before, after] = await all(mentor, 'client-1', 2);
    expect(before).toMatchObject({ status: 'settled', partsSettled: [{ because: 'overtaken' }] });
    expect(before?.history.map(({ action }) => action)).toEqual(['received', 'settled']);
    expect(after).toMatchObject({ status: 'open', late: false, parts: [{ kind: 'late', effectiveOn: '2026-04-20' }] });
    expect(await inbox(noor, 'client-1')).toEqual([]);
    expect(await running.ask(countMeldingen, { clientId: 'client-1' }, mentor)).toMatchObject({ open: 1, late: 0 });
  });

  it('reach the regisseur too when the region says so, and leave every open list when it is filled in', async () => {
    await due('client-2', 1, 'late', { audience: ['clientmanager', 'trajectregisseur'] });
    await all(mentor, 'client-2', 1);
    const [theirs] = await all(noor, 'client-2', 1);
    expect(theirs).toMatchObject({ status: 'open', expectedAction: 'discuss', because: 'regisseur-of-cluster' });
    await due('client-2', 2, 'settled', { because: 'filled-in' });
    for (const person of [mentor, noor]) {
      const settled = await waitFor(async () => (await inbox(person, 'client-2', 'settled'))[0], {
        what: 'it to be settled',
      });
      expect(settled).toMatchObject({ read: true, partsSettled: [{ because: 'filled-in' }] });
      expect(await inbox(person, 'client-2', 'open')).toEqual([]);
    }
  });

  it('that stand beside a housing change leave that change open, as urgent as it is', async () => {
    await running.housing('client-3', 1, { recordedBy: 'somebody' });
    await all(mentor, 'client-3', 1);
    await due('client-3', 1, 'ahead');
    const both = await waitFor(async () => {
      const [melding] = await inbox(mentor, 'client-3');
      return melding?.parts.length === 2 ? melding : undefined;
    });
    expect(both).toMatchObject({ urgency: 'normal', expectedAction: 'fill-in-zrm' });
    expect(both.acknowledgeBy).toBeDefined();
    await due('client-3', 2, 'settled', { because: 'left' });
    const left = await waitFor(async () => {
      const [melding] = await inbox(mentor, 'client-3');
      return melding?.partsSettled ? melding : undefined;
    });
    expect(left).toMatchObject({ status: 'open', urgency: 'low', expectedAction: 'take-note' });
  });

  it('go to nobody but the fallback when a cluster has no representative', async () => {
    await due('client-4', 1, 'ahead', { clusterId: 'empty' });
    const items = await waitFor(async () => {
      const page = await running.ask(listUnassigned, {}, operator);
      return page.items.some(({ clusterIds }) => clusterIds.includes('empty')) ? page.items : undefined;
    });
    expect(items).toHaveLength(1);
    expect(UNASSIGNED).toBe('unassigned');
  });

  it('tell the regisseur of a ZRM only when it gives reason to', async () => {
    await submitted('client-5', 1);
    await submitted('client-5', 2, { particulars: true });
    const [first] = await all(noor, 'client-5', 1);
    expect(first?.parts).toMatchObject([{ sequence: 2, codes: { particulars: 'particulars' } }]);
    expect(first).toMatchObject({ urgency: 'normal', expectedAction: 'discuss' });
    await submitted('client-6', 1, { findings: [{ kind: 'drop', ruleId: 'drop', domain: 'huisvesting' }] });
    expect(await all(noor, 'client-6', 1)).toMatchObject([{ urgency: 'high', parts: [{ codes: { drop: 'drop' } }] }]);
    await submitted('client-7', 1, { findings: [{ kind: 'target-reached', domain: 'huisvesting' }] });
    expect(await all(noor, 'client-7', 1)).toMatchObject([{ urgency: 'normal' }]);
    expect(await inbox(mentor, 'client-5')).toEqual([]);
  });
});
