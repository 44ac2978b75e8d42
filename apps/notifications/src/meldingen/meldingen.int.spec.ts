import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { addDays } from '#calendar/civil-date.js';
import { civilDateInAmsterdam } from '#calendar/time-zone.js';
import { createAbsence, callerRelations, putCaseload } from '#contracts/notifications/caseloads.js';
import {
  acknowledgeMelding,
  acknowledgeMeldingen,
  countMeldingen,
  getMelding,
  listMeldingen,
  listUnassigned,
  type Melding,
  meldingenSince,
  readMelding,
  reopenMelding,
  snoozeMelding,
} from '#contracts/notifications/meldingen.js';
import { updateNotificationSettings, updateRule } from '#contracts/notifications/rules.js';
import { waitingListChanged } from '#contracts/registration/facts.js';
import { waitFor } from '#testing/wait-for.js';
import { callerOf, operator, RunningNotifications } from '../test-support/running-notifications.js';

const anna = callerOf('anna');
const bram = callerOf('bram');
const carla = callerOf('carla');
const mentor = callerOf('mentor', ['clientmanager'], 'haven');

describe('meldingen', () => {
  let running: RunningNotifications;

  beforeAll(async () => {
    running = await RunningNotifications.start();
    await running.regisseur('anna');
    await running.regisseur('bram');
    await running.regisseur('carla');
    await running.person('mentor', ['clientmanager'], 'haven');
    await running.person('mentor-2', ['clientmanager'], 'haven');
    await running.cluster('cluster-1', 'mentor');
    await running.cluster('cluster-2', 'mentor-2');
    await running.cluster('cluster-3');
    await caseload('anna', ['cluster-1']);
    await caseload('bram', ['cluster-2']);
    await running.ask(putCaseload, { personId: 'carla', clusterIds: [], clientIds: [], coordinator: true }, operator);
  }, 60_000);

  afterAll(() => RunningNotifications.stopAll(), 60_000);

  const caseload = (personId: string, clusterIds: string[], clientIds: string[] = []): Promise<unknown> =>
    running.ask(putCaseload, { personId, clusterIds, clientIds }, operator);
  const inbox = async (of: typeof anna, clientId: string): Promise<Melding[]> =>
    (await running.ask(listMeldingen, { clientId }, of)).items;
  const arrived = (of: typeof anna, clientId: string, parts = 1): Promise<Melding> =>
    waitFor(async () => (await inbox(of, clientId)).find((melding) => melding.parts.length >= parts), {
      what: `a melding of ${parts} parts for ${of.personId}`,
    });

  it('reach the regisseur of the cluster, with why', async () => {
    const hints = running.listen('live.meldingen.anna');
    const eventId = await running.housing('client-1', 1);
    const melding = await arrived(anna, 'client-1');
    expect(melding).toMatchObject({
      status: 'open',
      read: false,
      urgency: 'normal',
      because: 'regisseur-of-cluster',
      rule: { ruleId: 'housing-change-to-regisseur' },
      parts: [{ eventId, kind: 'arrival', clusterId: 'cluster-1', sequence: 1, recordedBy: 'mentor' }],
    });
    await waitFor(() => hints.length > 0);
    expect(JSON.parse(hints[0]?.text ?? '')).toEqual({
      meldingId: melding.meldingId,
      refers: {
        client: ['client-1'],
        place: ['place-1'],
        cluster: ['cluster-1'],
        organisation: ['haven'],
        person: ['anna', 'mentor', 'system'],
      },
    });
    // The mentor entered it and represents the cluster: no melding about what one did oneself.
    expect(await inbox(mentor, 'client-1')).toEqual([]);
  });

  it('group rapid changes in the order of the ledger, and write nothing for a redelivery', async () => {
    const third = await running.housing('client-2', 3);
    const first = await running.housing('client-2', 1, { recordedBy: 'import' });
    await running.housing('client-2', 2);
    const melding = await arrived(anna, 'client-2', 3);
    expect(melding.parts.map(({ sequence }) => sequence)).toEqual([1, 2, 3]);
    await running.housing('client-2', 1, {}, first);
    await running.housing('client-2', 3, {}, third);
    await running.housing('client-3', 1);
    await arrived(anna, 'client-3');
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect((await inbox(anna, 'client-2')).map(({ parts }) => parts.length)).toEqual([3]);
    const mentors = await inbox(mentor, 'client-2');
    expect(mentors.flatMap(({ parts }) => parts.map(({ sequence }) => sequence))).toEqual([1]);
  });

  it('reach both regisseurs after a move, and both representatives by their own rule', async () => {
    await running.housing('client-4', 1, {
      kind: 'move',
      clusterId: 'cluster-2',
      previousClusterId: 'cluster-1',
      recordedBy: 'import',
    });
    expect((await arrived(bram, 'client-4')).because).toBe('regisseur-of-cluster');
    expect((await arrived(anna, 'client-4')).because).toBe('regisseur-of-previous-cluster');
    expect((await arrived(mentor, 'client-4')).because).toBe('representative-of-previous-place');
  });

  it('are the same for both regisseurs who share a client', async () => {
    await caseload('bram', ['cluster-2'], ['client-5']);
    await running.housing('client-5', 1);
    expect((await arrived(anna, 'client-5')).because).toBe('regisseur-of-cluster');
    expect((await arrived(bram, 'client-5')).because).toBe('regisseur-of-client');
  });

  it('can be acknowledged, opened again, snoozed; a new part wakes', async () => {
    await running.housing('client-6', 1);
    const { meldingId, version } = await arrived(anna, 'client-6');
    await running.ask(readMelding, { meldingId }, anna);
    await expect(running.ask(acknowledgeMelding, { meldingId, expectedVersion: version }, anna)).rejects.toMatchObject({
      code: 'stale-version',
    });
    const done = await running.ask(acknowledgeMelding, { meldingId, expectedVersion: version + 1 }, anna);
    expect(done).toMatchObject({ status: 'acknowledged', acknowledgedBy: 'anna', read: true });
    expect(done.acknowledgeBy).toBeUndefined();
    expect(await running.ask(reopenMelding, { meldingId }, anna)).toMatchObject({ status: 'open' });
    const until = new Date(Date.now() + 86_400_000).toISOString();
    expect(await running.ask(snoozeMelding, { meldingId, until }, anna)).toMatchObject({ status: 'snoozed' });
    await running.housing('client-6', 2);
    const awake = await arrived(anna, 'client-6', 2);
    expect(awake).toMatchObject({ meldingId, status: 'open', read: false });
    expect(awake.history.map(({ action }) => action)).toEqual([
      'received',
      'read',
      'acknowledged',
      'reopened',
      'snoozed',
      'part-added',
    ]);
  });

  it('stay with their owner: others do not even learn that they exist', async () => {
    await running.housing('client-7', 1);
    const { meldingId } = await arrived(anna, 'client-7');
    await expect(running.ask(getMelding, { meldingId }, bram)).rejects.toMatchObject({ code: 'not-found' });
    await expect(running.ask(acknowledgeMelding, { meldingId }, bram)).rejects.toMatchObject({ code: 'not-found' });
    await expect(running.ask(listMeldingen, { ofPersonId: 'anna' }, bram)).rejects.toMatchObject({ code: 'not-found' });
    const many = await running.ask(
      acknowledgeMeldingen,
      { meldingen: [meldingId, 'nothing'].map((id) => ({ meldingId: id, parts: 1 })) },
      bram,
    );
    expect(many.items.map(({ outcome }) => outcome)).toEqual(['not-found', 'not-found']);
  });

  it('acknowledged in bulk are those that were seen whole: a part that nobody saw stays open, whatever clock is wrong', async () => {
    await running.housing('client-20', 1);
    const first = await arrived(anna, 'client-20');
    await running.housing('client-21', 1);
    const other = await arrived(anna, 'client-21');
    await running.housing('client-20', 2, { kind: 'leave' });
    await arrived(anna, 'client-20', 2);
    // That it was read meanwhile is no part that was not seen.
    await running.ask(readMelding, { meldingId: other.meldingId }, anna);
    const seen = [first, other].map(({ meldingId, parts }) => ({ meldingId, parts: parts.length }));
    const { items } = await running.ask(acknowledgeMeldingen, { meldingen: seen }, anna);
    expect(items.map(({ outcome }) => outcome)).toEqual(['changed', 'acknowledged']);
    expect((await inbox(anna, 'client-20'))[0]?.status).toBe('open');
  });

  it('wait visibly while nobody is responsible, and find the regisseur once there is one', async () => {
    await running.regisseur('dirk');
    await caseload('carla', []);
    await running.ask(putCaseload, { personId: 'carla', clusterIds: [], clientIds: [], coordinator: false }, operator);
    await running.housing('client-9', 1, { clusterId: 'cluster-3' });
    const waiting = await waitFor(async () => {
      const { items } = await running.ask(listUnassigned, {}, operator);
      return items.find(({ clusterIds }) => clusterIds.includes('cluster-3'));
    });
    expect(waiting).not.toHaveProperty('clientId');
    await caseload('dirk', ['cluster-3']);
    const found = await arrived(callerOf('dirk'), 'client-9');
    expect(found.because).toBe('regisseur-of-cluster');
    await waitFor(async () => (await running.ask(listUnassigned, {}, operator)).items.length === 0);
    await running.ask(putCaseload, { personId: 'carla', clusterIds: [], clientIds: [], coordinator: true }, operator);
  });

  it('go to the replacement during an absence, who sees for whom', async () => {
    const from = civilDateInAmsterdam(new Date());
    const until = addDays(from, 3);
    await running.housing('client-8', 1, { clusterId: 'cluster-2', recordedBy: 'import' });
    await arrived(bram, 'client-8');
    await running.ask(createAbsence, { personId: 'bram', replacementPersonId: 'anna', from, until }, bram);
    await running.housing('client-10', 1, { clusterId: 'cluster-2', recordedBy: 'import' });
    expect(await arrived(anna, 'client-10')).toMatchObject({ because: 'replacement', becauseOf: ['bram'] });
    const service = { ...anna, kind: 'service' as const, personId: 'gateway', roles: [] };
    const relations = await running.ask(callerRelations, { personId: 'anna' }, service);
    expect(relations.replacing).toMatchObject([{ personId: 'bram', until, clusterIds: ['cluster-2'] }]);
    expect(relations.clusterIds.sort()).toEqual(['cluster-1', 'cluster-2']);
    // What was in the inbox before the absence is seen by the replacement too.
    const theirs = await running.ask(listMeldingen, { ofPersonId: 'bram' }, anna);
    expect(theirs.items.length).toBeGreaterThan(0);
    expect((await running.ask(countMeldingen, {}, anna)).replacing).toMatchObject([{ personId: 'bram' }]);
  });

  it('of the waiting list come once, whatever is delivered again', async () => {
    const data = {
      entryId: 'entry-1',
      clientId: 'client-11',
      change: 'offered' as const,
      placeId: 'place-1',
      clusterId: 'cluster-1',
      organisationId: 'haven',
      answerBy: '2026-04-01',
      version: 2,
    };
    const id = await running.publish(waitingListChanged, data, 'entry-1', 2);
    await arrived(mentor, 'client-11');
    await running.publish(waitingListChanged, data, 'entry-1', 2, id);
    await running.publish(waitingListChanged, { ...data, change: 'declined', version: 3 }, 'entry-1', 3);
    const melding = await arrived(mentor, 'client-11', 2);
    expect(melding.parts.map(({ kind }) => kind)).toEqual(['offered', 'declined']);
    expect(melding).toMatchObject({ expectedAction: 'answer-offer', parts: [{ until: '2026-04-01' }, {}] });
  });

  it('come in the live stream after a break, each version once', async () => {
    const start = (await running.ask(meldingenSince, {}, anna)).now;
    await running.housing('client-12', 1);
    const { meldingId, version } = await arrived(anna, 'client-12');
    const { items } = await running.ask(meldingenSince, { since: start }, anna);
    const mine = items.find(({ melding }) => melding.meldingId === meldingId);
    expect(mine?.position).toBe(`${Date.parse(mine!.melding.updatedAt)}-${meldingId}`);
    const known = items.map(({ melding }) => `${melding.meldingId}:${melding.version}`);
    expect((await running.ask(meldingenSince, { since: mine!.position, known }, anna)).items).toEqual([]);
    await running.ask(readMelding, { meldingId }, anna);
    const after = await running.ask(meldingenSince, { since: mine!.position, known }, anna);
    expect(after.items.map(({ melding }) => [melding.meldingId, melding.version])).toEqual([[meldingId, version + 1]]);
  });

  it('cannot be switched off for the regisseur; the settings are the operator’s', async () => {
    const ruleId = 'housing-change-to-regisseur';
    await expect(running.ask(updateRule, { ruleId, enabled: false }, operator)).rejects.toMatchObject({
      code: 'rule-required',
    });
    await expect(running.ask(updateRule, { ruleId, urgency: 'high' }, anna)).rejects.toMatchObject({
      code: 'not-permitted',
    });
    await expect(
      running.ask(updateNotificationSettings, { fallbackPersonId: 'nobody' }, operator),
    ).rejects.toMatchObject({ code: 'person-unknown' });
  });

  it('remind, go further, and end their snooze by themselves', async () => {
    await running.housing('client-13', 1, { kind: 'departure', reasons: { departure: 'left-without-notice' } });
    const melding = await arrived(anna, 'client-13');
    expect(melding).toMatchObject({ urgency: 'high', expectedAction: 'contact-today' });
    const hour = 3_600_000;
    running.advance(4 * hour + 1_000);
    const reminded = await waitFor(
      async () =>
        (await inbox(anna, 'client-13')).find(({ history }) => history.some(({ action }) => action === 'reminded')),
      { timeout: 15_000, what: 'the reminder' },
    );
    expect(reminded.status).toBe('open');
    running.advance(4 * hour + 1_000);
    const further = await waitFor(() => inbox(carla, 'client-13').then(([first]) => first), {
      timeout: 15_000,
      what: 'the escalation',
    });
    expect(further).toMatchObject({ because: 'escalation', becauseOf: ['anna'] });
    expect(await running.ask(getMelding, { meldingId: melding.meldingId }, anna)).toMatchObject({
      escalatedTo: ['carla'],
      status: 'open',
    });
    const until = new Date(Date.now() + 8 * hour + 60_000).toISOString();
    await running.ask(snoozeMelding, { meldingId: melding.meldingId, until }, anna);
    running.advance(60_000);
    await waitFor(async () => (await inbox(anna, 'client-13')).some(({ status, read }) => status === 'open' && !read), {
      timeout: 15_000,
      what: 'the end of the snooze',
    });
  }, 60_000);
});
