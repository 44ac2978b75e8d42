import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { addDays } from '#calendar/civil-date.js';
import { Clock } from '#calendar/clock.js';
import { civilDateInAmsterdam } from '#calendar/time-zone.js';
import { cancelAbsence, createAbsence, putCaseload } from '#contracts/notifications/caseloads.js';
import { acknowledgeMelding, listMeldingen, type Melding, snoozeMelding } from '#contracts/notifications/meldingen.js';
import { waitFor } from '#testing/wait-for.js';
import { callerOf, operator, RunningNotifications } from '../test-support/running-notifications.js';

const anna = callerOf('anna');
const bram = callerOf('bram');
const DAY = 86_400_000;

describe('an absence that begins while meldingen are open', () => {
  let running: RunningNotifications;

  beforeAll(async () => {
    running = await RunningNotifications.start();
    for (const person of ['anna', 'bram']) await running.regisseur(person);
    await running.cluster('cluster-1');
    await running.ask(putCaseload, { personId: 'bram', clusterIds: ['cluster-1'], clientIds: [] }, operator);
  }, 60_000);

  afterAll(() => RunningNotifications.stopAll(), 60_000);

  const inbox = async (of: typeof anna, clientId: string): Promise<Melding[]> =>
    (await running.ask(listMeldingen, { clientId }, of)).items;
  const arrived = (of: typeof anna, clientId: string): Promise<Melding> =>
    waitFor(async () => (await inbox(of, clientId))[0], { timeout: 15_000, what: `${clientId} for ${of.personId}` });

  it('brings the reminder to the replacement; what they acknowledge is done', async () => {
    const from = addDays(civilDateInAmsterdam(new Date()), 1);
    await running.housing('client-1', 1);
    await arrived(bram, 'client-1');
    await running.housing('client-2', 1);
    const { meldingId } = await arrived(bram, 'client-2');
    const until = new Date(Date.now() + 3 * DAY).toISOString();
    await running.ask(snoozeMelding, { meldingId, until }, bram);
    const absence = { personId: 'bram', replacementPersonId: 'anna', from, until: addDays(from, 7) };
    await running.ask(createAbsence, absence, bram);
    // After two days the reminder of an ordinary melding is due; its owner is away since one.
    running.advance(2 * DAY + 60_000);
    const received = await arrived(anna, 'client-1');
    expect(received).toMatchObject({ because: 'replacement', becauseOf: ['bram'], receivedFrom: { personId: 'bram' } });
    expect(received.acknowledgeBy).toBeDefined();
    const [left] = await inbox(bram, 'client-1');
    expect(left).toMatchObject({ status: 'open', escalatedTo: ['anna'] });
    expect(left?.acknowledgeBy).toBeUndefined();
    await running.ask(acknowledgeMelding, { meldingId: received.meldingId }, anna);
    expect(await inbox(bram, 'client-1')).toMatchObject([{ status: 'picked-up', pickedUp: { by: 'anna' } }]);
    // What was put off comes back while its owner is away.
    expect(await inbox(anna, 'client-2')).toEqual([]);
    running.advance(DAY + 60_000);
    expect(await arrived(anna, 'client-2')).toMatchObject({ because: 'replacement', becauseOf: ['bram'] });
  }, 60_000);

  it('leaves nothing with the replacement when it ends: what is open comes back, and is reminded of', async () => {
    const from = addDays(civilDateInAmsterdam(running.first.app.get(Clock).now()), 20);
    running.advance(16 * DAY);
    await running.housing('client-4', 1);
    await arrived(bram, 'client-4');
    await running.housing('client-6', 1);
    const known = await arrived(bram, 'client-6');
    const absence = { personId: 'bram', replacementPersonId: 'anna', from: addDays(from, -3), until: addDays(from, 1) };
    const { absenceId } = await running.ask(createAbsence, absence, bram);
    // The reminder of what he had goes to her; what is new comes to her from the start.
    running.advance(2 * DAY + 60_000);
    await arrived(anna, 'client-4');
    const dealtWith = await arrived(anna, 'client-6');
    await running.ask(acknowledgeMelding, { meldingId: dealtWith.meldingId }, anna);
    await running.housing('client-5', 1);
    const received = await arrived(anna, 'client-5');
    const until = new Date(running.first.app.get(Clock).now().getTime() + DAY).toISOString();
    await running.ask(snoozeMelding, { meldingId: received.meldingId, until }, anna);
    await running.ask(cancelAbsence, { absenceId }, bram);
    for (const clientId of ['client-4', 'client-5']) {
      await waitFor(async () => (await inbox(anna, clientId))[0]?.status === 'returned', {
        timeout: 15_000,
        what: `the return of ${clientId}`,
      });
    }
    expect(await inbox(bram, 'client-5')).toMatchObject([
      { status: 'open', because: 'absence-over', becauseOf: ['anna'], receivedFrom: { personId: 'anna' } },
    ]);
    const [mine, ...more] = await inbox(bram, 'client-4');
    expect(mine).toMatchObject({ status: 'open', read: false });
    expect(mine?.acknowledgeBy).toBeDefined();
    expect(more).toEqual([]);
    expect(await inbox(bram, 'client-6')).toMatchObject([{ meldingId: known.meldingId, status: 'picked-up' }]);
    expect(await inbox(anna, 'client-6')).toMatchObject([{ status: 'acknowledged' }]);
  }, 60_000);

  it('that was called off brings nothing', async () => {
    const from = addDays(civilDateInAmsterdam(running.first.app.get(Clock).now()), 20);
    const absence = { personId: 'bram', replacementPersonId: 'anna', from, until: addDays(from, 30) };
    const { absenceId } = await running.ask(createAbsence, absence, bram);
    running.advance(16 * DAY);
    await running.housing('client-3', 1);
    await arrived(bram, 'client-3');
    await running.ask(cancelAbsence, { absenceId }, bram);
    running.advance(2 * DAY + 60_000);
    await waitFor(async () => (await arrived(bram, 'client-3')).history.some(({ action }) => action === 'reminded'), {
      timeout: 15_000,
      what: 'the reminder',
    });
    expect(await inbox(anna, 'client-3')).toEqual([]);
  }, 40_000);
});
