import { CLIENT_COLUMNS, csv, previewed, sendFile } from '../../../test/support/files.ts';
import { inDays } from '../../../test/support/days.ts';
import { type SignIn, signInto } from '../../../test/support/sign-in.ts';
import type { Api } from '../../../examples/api.ts';
import type { Caseload } from '../../../libs/contracts/src/notifications/caseloads.ts';
import type { Melding } from '../../../libs/contracts/src/notifications/meldingen.ts';
import type { NotificationRule } from '../../../libs/contracts/src/notifications/rules.ts';
import type { ClientSummary } from '../../../libs/contracts/src/registration/client-shapes.ts';
import type { Vacancy } from '../../../libs/contracts/src/registration/occupancy.ts';
import type { WaitingEntryView } from '../../../libs/contracts/src/registration/waiting-list.ts';
import type { TestSystem } from '../../../libs/testing/src/system.ts';
import { scoredCalibration } from './scored-calibration.ts';
import { waitFor } from '../../../libs/testing/src/wait-for.ts';

/** What the addresses of pages are filled in with. */
export interface Subject {
  readonly clientId: string;
  readonly clusterId: string;
  /** An import of which the preview shows mistakes; empty where there is none. */
  readonly importId: string;
  /** A calibration session that everybody scored; empty where there is none. */
  readonly calibrationId: string;
}

const FAULTY = csv(
  CLIENT_COLUMNS,
  ['N-1', 'Ibo', 'Nieuwkomer', '4-3-2005', ''],
  ['N-2', 'Ans', 'Nieuwkomer', '31-2-2005', ''],
  ['N-3', 'Piet', '', '5-3-2005', '123456789'],
  ['N-4', 'Els', 'Nieuwkomer', '6-3-2030', ''],
);
const WEBHOOK = {
  name: 'Proefsysteem',
  url: 'https://proef.example/berichten',
  eventTypes: ['nl.doorstroom.registration.housing-situation-changed.v1'],
};

/**
 * Adds to the demo data what only comes from use: a waiting list with an offer, an import with mistakes, a connected
 * system, a rule that was changed, an absence, and a melding that a colleague took up.
 */
export async function furnish(system: TestSystem): Promise<Subject> {
  const signIn = signInto(system);
  const [manager, operator] = [await signIn.as('samira'), await signIn.as('beheer')];
  const { items } = await manager.post<{ items: ClientSummary[] }>('/v1/clients/search', { housing: 'housed' });
  const [client] = items;
  if (client?.place == null) throw new Error('the demo data hold no client who stays somewhere');
  await fillWaitingList(manager, items.slice(1, 5));
  const { text } = await sendFile(await signIn.doorOf('samira'), 'clients', FAULTY, 'scene-import');
  const { importId } = JSON.parse(text) as { importId: string };
  await previewed(manager, importId);
  await operator.post('/v1/webhooks', WEBHOOK, { key: 'scene-webhook' });
  await switchOff(operator);
  await sendAway(operator);
  const { clusterId } = client.place;
  // Of another client there: the first keeps everything that can still be done.
  const neighbour = items.find(({ clientId, place }) => clientId !== client.clientId && place?.clusterId === clusterId);
  if (neighbour === undefined) throw new Error('nobody else stays in the cluster of the first client');
  await takeUp(signIn, clusterId, neighbour.clientId);
  return { clientId: client.clientId, clusterId, importId, calibrationId: await calibrate(signIn, operator) };
}

/** One session that is closed, with its outcome, and one in which Samira and Noor still have a story to score. */
async function calibrate({ as }: SignIn, operator: Api): Promise<string> {
  const people = await operator.all<{ personId: string; name: string }>('/v1/people');
  const idOf = (wanted: string): string => people.find(({ name }) => name === wanted)?.personId ?? '';
  const raters = new Map([
    ['samira', idOf('Samira el Idrissi')],
    ['noor', idOf('Noor Bakker')],
  ]);
  const open = {
    matrixVersion: '2017',
    scoreBy: inDays(14),
    cases: [{ kind: 'vignette', title: 'Robin, negentien jaar', text: 'Robin slaapt bij vrienden. Er zijn schulden.' }],
    personIds: [...raters.values()],
  };
  await (await as('noor')).post('/v1/zrm-calibrations', open, { key: 'scene-calibration' });
  return scoredCalibration(as, raters);
}

/** Some wait; one of them has an offer. */
async function fillWaitingList(manager: Api, clients: readonly ClientSummary[]): Promise<void> {
  const [kind, zwaarte] = ['guided-living', 'light'];
  for (const [index, { clientId }] of clients.entries()) {
    const entry = {
      clientId,
      kind,
      zwaarte,
      urgency: index === 1 ? 'urgent' : 'regular',
      since: inDays(-21 * index - 9),
    };
    await manager.post('/v1/waiting-list', entry, { key: `scene-waits-${index}` });
  }
  const { items } = await manager.get<{ items: WaitingEntryView[] }>('/v1/waiting-list');
  const { items: free } = await manager.get<{ items: Vacancy[] }>(`/v1/vacancies?on=${inDays(1)}&kind=${kind}`);
  const [entry, place] = [items[0], free[0]];
  if (entry === undefined || place === undefined)
    throw new Error('there is nothing to offer, or nobody to offer it to');
  const offer = { placeId: place.placeId, from: inDays(1), answerBy: inDays(7) };
  await manager.post(`/v1/waiting-list/${entry.entryId}/offers`, offer, { key: 'scene-offer' });
}

/** A rule that may be switched off is, and on again: its history has something to tell. */
async function switchOff(operator: Api): Promise<void> {
  for (const enabled of [false, true]) {
    const rules = await operator.all<NotificationRule>('/v1/notification-rules');
    const rule = rules.find(({ required }) => !required);
    if (rule === undefined) throw new Error('no rule may be switched off');
    const { ruleId, version, recipients, urgency, expectedAction, notToWhoEnteredIt } = rule;
    const body = { recipients, urgency, expectedAction, notToWhoEnteredIt, enabled };
    await operator.put(`/v1/notification-rules/${ruleId}`, body, { version });
  }
}

async function sendAway(operator: Api): Promise<void> {
  const people = await operator.all<{ personId: string; name: string }>('/v1/people');
  const idOf = (wanted: string): string => people.find(({ name }) => name === wanted)?.personId ?? '';
  const [personId, replacementPersonId] = [idOf('Daan Visser'), idOf('Noor Bakker')];
  const body = { personId, replacementPersonId, from: inDays(14), until: inDays(21) };
  await operator.post('/v1/absences', body, { key: 'scene-absence' });
}

/** Daan guards a cluster of Noor's too, and takes up what both are told of a client there. */
async function takeUp({ as }: SignIn, clusterId: string, clientId: string): Promise<void> {
  const [operator, manager, daan] = [await as('beheer'), await as('samira'), await as('daan')];
  const caseload = (await operator.all<Caseload>('/v1/caseloads')).find(
    ({ clusterIds }) => !clusterIds.includes(clusterId),
  );
  if (caseload === undefined) throw new Error('everybody guards this cluster already');
  const { personId, version, clusterIds, clientIds, coordinator } = caseload;
  const more = { clusterIds: [...clusterIds, clusterId], clientIds, coordinator };
  await operator.put(`/v1/caseloads/${personId}`, more, { version });
  const leave = { kind: 'leave', from: inDays(0), reason: 'family-visit' };
  await manager.post(`/v1/clients/${clientId}/housing-changes`, leave, { key: 'scene-leave' });
  const told = await waitFor(
    async () => {
      const open = await daan.all<Melding>(`/v1/meldingen?status=open&clientId=${clientId}`);
      return open.length > 0 ? open : undefined;
    },
    { timeout: 20_000, what: 'what Daan is told' },
  );
  const meldingen = told.map(({ meldingId, parts }) => ({ meldingId, parts: parts.length }));
  await daan.post('/v1/meldingen/acknowledge', { meldingen });
}
