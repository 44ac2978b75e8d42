import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { putCaseload } from '#contracts/notifications/caseloads.js';
import { listMeldingen } from '#contracts/notifications/meldingen.js';
import { HOUSING_EVENT, ruleCatalogue } from '#contracts/notifications/rule-catalogue.js';
import {
  createRule,
  getRuleCatalogue,
  previewRule,
  removeRule,
  ruleHistory,
} from '#contracts/notifications/rule-drafts.js';
import { listRules, updateRule } from '#contracts/notifications/rules.js';
import { waitFor } from '#testing/wait-for.js';
import { callerOf, operator, RunningNotifications } from '../test-support/running-notifications.js';

const anna = callerOf('anna');
const carla = callerOf('carla');
const heart = 'housing-change-to-regisseur';
const name = { nl: 'Vermissing naar de coördinator', en: 'Missing to the coordinator' };
const missing = {
  eventType: HOUSING_EVENT,
  when: { kinds: ['leave'], codes: ['missing'] },
  recipients: ['coordinator' as const],
  urgency: 'high' as const,
  expectedAction: 'contact-today' as const,
};

describe('the rules of a region', () => {
  let running: RunningNotifications;

  beforeAll(async () => {
    running = await RunningNotifications.start();
    await running.add();
    for (const person of ['anna', 'carla']) await running.regisseur(person);
    await running.cluster('cluster-1');
    await running.ask(putCaseload, { personId: 'anna', clusterIds: ['cluster-1'], clientIds: [] }, operator);
    await running.ask(putCaseload, { personId: 'carla', clusterIds: [], clientIds: [], coordinator: true }, operator);
  }, 60_000);

  afterAll(() => RunningNotifications.stopAll(), 60_000);

  const rules = async () => (await running.ask(listRules, {}, operator)).items;
  const inbox = async (of: typeof anna, clientId: string) => (await running.ask(listMeldingen, { clientId }, of)).items;

  it('can be added from the catalogue, tried on what happened first, and then hold', async () => {
    const { items } = await running.ask(getRuleCatalogue, {}, operator);
    expect(items.map(({ eventType }) => eventType)).toEqual(ruleCatalogue.map(({ eventType }) => eventType));
    await running.housing('client-1', 1);
    await running.housing('client-1', 2, { kind: 'leave', reasons: { leave: 'holiday' } });
    const eventId = await running.housing('client-1', 3, { kind: 'leave', reasons: { leave: 'missing' } });
    await waitFor(async () => (await inbox(anna, 'client-1')).flatMap(({ parts }) => parts).length === 3);
    const preview = await running.ask(previewRule, missing, operator);
    expect(preview).toMatchObject({ events: 3, matched: 1, added: 1 });
    expect(preview.items).toEqual([
      {
        eventId,
        kind: 'leave',
        at: expect.any(String),
        clusterId: 'cluster-1',
        recipients: [{ personId: 'carla', because: 'coordinator', already: false }],
      },
    ]);
    expect(JSON.stringify(preview)).not.toContain('client-1');
    expect(await inbox(carla, 'client-1')).toEqual([]);
    const own = await running.ask(createRule, { ...missing, name, idempotencyKey: 'k' }, operator);
    expect(await running.ask(createRule, { ...missing, name, idempotencyKey: 'k' }, operator)).toEqual(own);
    // Another process may remember the old rules for a second.
    await waitFor(async () => {
      const clientId = `client-${Math.random()}`;
      await running.housing(clientId, 1, { kind: 'leave', reasons: { leave: 'missing' } });
      await waitFor(async () => (await inbox(anna, clientId)).length === 1);
      const [melding] = await inbox(carla, clientId);
      return melding?.rule.ruleId === own.ruleId && melding.rule.name.nl === name.nl && melding.urgency === 'high';
    });
    expect(await running.ask(previewRule, { ...missing, ruleId: own.ruleId, events: 1 }, operator)).toMatchObject({
      events: 1,
      added: 1,
    });
  }, 40_000);

  it.each([
    [{ when: { kinds: ['teleport'] } }, 'rule-kind-unknown'],
    [{ when: { codes: ['bored'] } }, 'rule-code-unknown'],
    [{ recipients: [] }, 'rule-recipients-missing'],
    [{ eventType: 'nothing' }, 'rule-event-unknown'],
    [
      { eventType: ruleCatalogue[2]!.eventType, when: {}, recipients: ['representative-of-place' as const] },
      'rule-relation-impossible',
    ],
    [{}, 'rule-twice'],
  ])('refuse %j as %s, and nothing is stored', async (change, code) => {
    const before = await rules();
    await expect(running.ask(createRule, { ...missing, ...change, name }, operator)).rejects.toMatchObject({ code });
    expect(await rules()).toEqual(before);
  });

  it('are the operator’s', async () => {
    await expect(running.ask(createRule, { ...missing, name }, anna)).rejects.toMatchObject({ code: 'not-permitted' });
    await expect(running.ask(previewRule, missing, anna)).rejects.toMatchObject({ code: 'not-permitted' });
    await expect(running.ask(removeRule, { ruleId: heart }, anna)).rejects.toMatchObject({ code: 'not-permitted' });
  });

  it('can be switched off, and removed; the history stays', async () => {
    const [own] = (await rules()).filter((rule) => rule.own);
    const { ruleId } = own!;
    await running.ask(updateRule, { ruleId, expectedVersion: 1, enabled: false }, operator);
    const stale = running.ask(removeRule, { ruleId, expectedVersion: 1 }, operator);
    await expect(stale).rejects.toMatchObject({ code: 'stale-version' });
    await running.ask(removeRule, { ruleId, expectedVersion: 2 }, operator);
    expect((await rules()).map((rule) => rule.ruleId)).not.toContain(ruleId);
    const { items } = await running.ask(ruleHistory, { ruleId }, operator);
    expect(items.map(({ rule, removed, changedBy }) => [rule.version, rule.enabled, removed, changedBy])).toEqual([
      [3, false, true, 'operator'],
      [2, false, false, 'operator'],
      [1, true, false, 'operator'],
    ]);
    await expect(running.ask(removeRule, { ruleId }, operator)).rejects.toMatchObject({ code: 'not-found' });
  });

  it('never leave a housing change to nobody: the last that brings it is kept until another does', async () => {
    await expect(running.ask(removeRule, { ruleId: heart }, operator)).rejects.toMatchObject({ code: 'rule-required' });
    expect((await rules()).find(({ ruleId }) => ruleId === heart)?.required).toBe(true);
    const draft = { ...missing, when: {}, withFallback: true, recipients: ['regisseur-of-cluster' as const] };
    const other = await running.ask(createRule, { ...draft, name }, operator);
    expect((await rules()).find(({ ruleId }) => ruleId === heart)?.required).toBe(false);
    // Two operators, each of whom removes the one that the other relies on.
    const outcomes = await Promise.allSettled(
      [heart, other.ruleId].map((ruleId) => running.ask(updateRule, { ruleId, enabled: false }, operator)),
    );
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const lost = outcomes.find((outcome) => outcome.status === 'rejected');
    expect(lost?.reason).toMatchObject({ code: 'rule-required' });
    expect((await rules()).filter(({ required }) => required)).toHaveLength(1);
  });
});
