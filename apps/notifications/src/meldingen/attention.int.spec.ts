import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { putCaseload } from '#contracts/notifications/caseloads.js';
import {
  acknowledgeMelding,
  countMeldingen,
  type ListMeldingen,
  listMeldingen,
  type Melding,
} from '#contracts/notifications/meldingen.js';
import { waitFor } from '#testing/wait-for.js';
import { callerOf, operator, RunningNotifications } from '../test-support/running-notifications.js';

const anna = callerOf('anna');
const HOUR = 3_600_000;

describe('the inbox', () => {
  let running: RunningNotifications;

  beforeAll(async () => {
    running = await RunningNotifications.start();
    await running.regisseur('anna');
    await running.cluster('cluster-1');
    await running.ask(putCaseload, { personId: 'anna', clusterIds: ['cluster-1'], clientIds: [] }, operator);
  }, 60_000);

  afterAll(() => RunningNotifications.stopAll(), 60_000);

  /** The whole list, two at a time. */
  const walk = async (query: Pick<ListMeldingen, 'status' | 'urgency' | 'clientId'>): Promise<Melding[]> => {
    const items: Melding[] = [];
    let cursor: string | undefined;
    do {
      const page = await running.ask(listMeldingen, { ...query, limit: 2, ...(cursor ? { cursor } : {}) }, anna);
      items.push(...page.items);
      cursor = page.nextCursor;
    } while (cursor !== undefined);
    return items;
  };
  const clients = (items: readonly Melding[]): string[] => items.map(({ clientId }) => clientId);
  const told = async (clientId: string, change = {}): Promise<void> => {
    await running.housing(clientId, 1, { recordedBy: 'import', ...change });
    await waitFor(async () => (await running.ask(listMeldingen, { clientId }, anna)).items.length > 0, {
      what: `a melding about ${clientId}`,
    });
  };

  it('shows late ones first, then the urgent, over pages; what is seen newest first', async () => {
    await told('old-1');
    await told('old-2');
    await told('seen-1');
    running.advance(73 * HOUR);
    await told('urgent', { kind: 'departure', reasons: { departure: 'left-without-notice' } });
    await told('new-1');
    await told('new-2');
    await told('seen-2');
    const open = await walk({ status: 'open' });
    expect(clients(open)).toEqual(['old-1', 'old-2', 'seen-1', 'urgent', 'seen-2', 'new-2', 'new-1']);
    expect(open.map(({ late }) => late)).toEqual([true, true, true, false, false, false, false]);
    expect(await running.ask(countMeldingen, {}, anna)).toMatchObject({ open: 7, late: 3 });
    expect(clients(await walk({ status: 'open', urgency: 'high' }))).toEqual(['urgent']);
    expect(clients(await walk({ status: 'open', clientId: 'old-2' }))).toEqual(['old-2']);

    for (const clientId of ['seen-1', 'seen-2']) {
      const meldingId = open.find((one) => one.clientId === clientId)?.meldingId ?? '';
      expect(await running.ask(acknowledgeMelding, { meldingId }, anna)).toMatchObject({ late: false });
    }
    expect(clients(await walk({ status: 'acknowledged' }))).toEqual(['seen-2', 'seen-1']);
    expect(clients(await walk({}))).toEqual(['seen-2', 'new-2', 'new-1', 'urgent', 'seen-1', 'old-2', 'old-1']);
    expect(await running.ask(countMeldingen, {}, anna)).toMatchObject({ open: 5, late: 2, acknowledged: 2 });
  }, 60_000);
});
