import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { Caller } from '#contracts/caller.js';
import { Refusal } from '#contracts/refusal.js';
import { getClientHousing } from '#contracts/registration/stays.js';
import {
  listOutsideEvents,
  type OutsideEventAnswer,
  receiveOutsideEvents,
} from '#contracts/registration/outside-events.js';
import { mergeClients } from '#contracts/registration/clients.js';
import { createPerson, updatePerson } from '#contracts/registration/people.js';
import { createOrganisation } from '#contracts/registration/structure.js';
import { ImportDesk } from '../test-support/import-files.js';
import {
  operator,
  personWith,
  type RunningRegistration,
  startRegistration,
  systemOf,
} from '../test-support/running-registration.js';
import { StaysService } from '../stays/stays.service.js';
import { OutsideEventsService } from './outside-events.service.js';

let registration: RunningRegistration;
let system: Caller;
let manager: Caller;
let otherSystem: Caller;
let haven: ImportDesk;
let client = '';
let place = '';
let count = 0;

beforeAll(async () => {
  registration = await startRegistration();
  const organisation = async (name: string) => {
    const made = await registration.ask(operator, createOrganisation, { name, kind: 'institution' });
    return made.organisationId;
  };
  const [havenId, otherId] = [await organisation('De Haven'), await organisation('Het Kruispunt')];
  [system, otherSystem] = [systemOf(havenId), systemOf(otherId)];
  manager = personWith('clientmanager', { organisationId: havenId });
  haven = new ImportDesk(registration.ask, manager);
  const header = 'instelling;locatie;cluster;plekcode;pleknaam;soort;zwaarte;financiering';
  const places = Array.from(
    { length: 30 },
    (_, index) => `De Haven;K;G;P${String(index)};Kamer ${String(index)};opvang;light;inside-chain`,
  );
  const theirs = 'Het Kruispunt;K;G;ANDER;Kamer;opvang;light;inside-chain';
  await new ImportDesk(registration.ask, operator).import('places', [header, ...places, theirs].join('\n'));
  const clients = Array.from({ length: 30 }, (_, index) => `C${String(index)};Naam${String(index)}`);
  await haven.import('clients', ['clientnummer;achternaam', ...clients].join('\n'));
}, 60_000);
afterAll(() => registration.close());

beforeEach(() => {
  count += 1;
  client = `C${String(count)}`;
  place = `P${String(count)}`;
});

const event = (id: string, name: string, data: object, over: object = {}) => ({
  specversion: '1.0',
  id: `${client}-${id}`,
  source: 'urn:nld:e-vita:de-haven',
  type: `nl.doorstroom.housing.${name}.v1`,
  time: `2026-03-0${id}T08:00:00Z`,
  data: { clientNumber: client, ...data },
  ...over,
});
const arrival = (over: object = {}) => event('1', 'arrival-reported', { placeCode: place, date: '2026-01-10' }, over);
const departure = (over: object = {}) =>
  event('2', 'departure-reported', { date: '2026-02-10', reason: 'own-choice', destination: 'family' }, over);

async function send(events: readonly unknown[], caller = system): Promise<OutsideEventAnswer[]> {
  return (await registration.ask(caller, receiveOutsideEvents, { events: [...events] })).answers;
}
const told = (answers: readonly OutsideEventAnswer[]) =>
  answers.map(({ outcome, code, errors = [] }) =>
    [outcome, code, ...errors.map((problem) => `${problem.path}:${problem.code}`)].filter(Boolean).join(' '),
  );

async function changes(): Promise<string[]> {
  const all = await registration.database
    .collection<{ ledger: { changes: { kind: string; channel: string }[] } }>('clients')
    .find({ 'details.familyName': `Naam${String(count)}` })
    .toArray();
  return all.flatMap(({ ledger }) => ledger.changes.map(({ kind, channel }) => `${channel} ${kind}`));
}

describe('an event of another system', () => {
  it('is recorded once, however often it comes, and other content under its id is refused', async () => {
    const [first] = await send([arrival()]);
    expect(first).toMatchObject({ id: `${client}-1`, source: 'urn:nld:e-vita:de-haven', outcome: 'accepted' });
    const [again] = await send([arrival()]);
    expect(again).toMatchObject({ outcome: 'already-accepted', changeId: first?.changeId });
    const other = event('1', 'arrival-reported', { placeCode: place, date: '2026-01-11' });
    expect(told(await send([other]))).toEqual(['refused event-content-differs id:event-content-differs']);
    expect(await changes()).toEqual(['event arrival']);
  });

  it('posted eight times at once is one change', async () => {
    const answers = (await Promise.all(Array.from({ length: 8 }, () => send([arrival()])))).flat();
    expect(new Set(answers.map(({ changeId }) => changeId)).size).toBe(1);
    expect(new Set(told(answers))).toEqual(
      new Set(['accepted', 'already-accepted'].filter((text) => told(answers).includes(text))),
    );
    expect(await changes()).toEqual(['event arrival']);
  });

  it('that comes before the one it builds on waits for it', async () => {
    expect(told(await send([departure()]))).toEqual(['waiting client-not-housed data.date:client-not-housed']);
    const { items } = await registration.ask(system, listOutsideEvents, { outcome: 'waiting' });
    expect(items).toMatchObject([{ id: `${client}-2`, outcome: 'waiting', code: 'client-not-housed' }]);
    expect(items[0]?.waitsUntil).toBeDefined();
    expect(told(await send([arrival()]))).toEqual(['accepted']);
    expect(told(await send([departure()]))).toEqual(['already-accepted']);
    expect(await changes()).toEqual(['event arrival', 'event departure']);
  });

  it('in a batch may stand before the one it builds on; each gets its own answer', async () => {
    const unknown = { ...arrival(), id: 'x', type: 'nl.doorstroom.housing.sneezed.v1' };
    const answers = await send([departure(), { id: 'y' }, 7, unknown, arrival()]);
    expect(told(answers)).toEqual([
      'accepted',
      expect.stringContaining('refused event-malformed'),
      'refused event-malformed',
      'refused unknown-event-type type:unknown-event-type',
      'accepted',
    ]);
    expect(answers[1]?.errors?.map(({ path }) => path)).toEqual(
      expect.arrayContaining(['source', 'type', 'time', 'data']),
    );
    expect(answers[1]?.id).toBe('y');
  });

  it.each([
    ['data.date', { date: '2026-02-31' }, 'date-not-existing'],
    ['data.date', { date: '10-1-2026' }, 'date-form'],
    ['data.reason', { reason: 'bored' }, 'code-unknown'],
    ['data.destination', { destination: null }, 'field-required'],
  ])('with a wrong %s is refused at that field (%j)', async (path, data, code) => {
    const base = { date: '2026-02-10', reason: 'own-choice', destination: 'family' };
    const answers = await send([event('2', 'departure-reported', { ...base, ...data })]);
    expect(told(answers)).toEqual([`refused event-malformed ${path}:${code}`]);
  });

  it('that the rules refuse is told at the fields of the report', async () => {
    await send([arrival()]);
    const report = (id: string, name: string, data: object) => send([event(id, `${name}-reported`, data)]);
    const later = { placeCode: place, date: '2999-01-01' };
    expect(told(await report('2', 'arrival', later))).toEqual([
      'refused arrival-in-future data.date:arrival-in-future',
    ]);
    const order = { placeCode: place, date: '2026-01-01', until: '2025-12-31' };
    expect(told(await report('3', 'arrival', order))).toEqual(['refused date-order data.until:date-order']);
    const same = { placeCode: place, date: '2026-02-01' };
    expect(told(await report('4', 'move', same))).toEqual([
      'refused move-to-same-place data.placeCode:move-to-same-place',
    ]);
    const leave = { date: '2026-02-01', expectedUntil: '2026-01-31', reason: 'holiday' };
    expect(told(await report('5', 'leave', leave))).toEqual(['refused date-order data.expectedUntil:date-order']);
  });

  it('with a time without a zone is refused', async () => {
    expect(told(await send([arrival({ time: '2026-03-01' })]))).toEqual(['refused event-malformed time:instant-form']);
  });

  it('cannot reach the place of another institution, nor its clients', async () => {
    const theirs = event('1', 'arrival-reported', { placeCode: 'ANDER', date: '2026-01-10' });
    expect(told(await send([theirs]))).toEqual(['waiting unknown-place-code data.placeCode:unknown-place-code']);
    const ours = told(await send([arrival()], otherSystem));
    expect(ours).toEqual(['waiting unknown-client-number data.clientNumber:unknown-client-number']);
    expect(await changes()).toEqual([]);
  });

  it('of another institution with the same source and id is another event', async () => {
    await send([arrival()], otherSystem);
    expect(told(await send([arrival()]))).toEqual(['accepted']);
  });

  it('may be withdrawn, also before it has come', async () => {
    await send([arrival()]);
    const withdrawal = event('3', 'report-withdrawn', { reportId: `${client}-1` });
    expect(told(await send([withdrawal]))).toEqual(['accepted']);
    expect(await changes()).toEqual(['event arrival', 'event cancellation']);
    const early = event('5', 'report-withdrawn', { reportId: `${client}-4` });
    expect(told(await send([early]))).toEqual(['waiting unknown-report data.reportId:unknown-report']);
    expect(told(await send([{ ...arrival(), id: `${client}-4` }]))).toEqual(['accepted']);
    expect(await changes()).toHaveLength(4);
  });

  it('waits for a place that is still taken, and is tried again by itself', async () => {
    await send([arrival()]);
    const next = event('4', 'arrival-reported', { clientNumber: 'C29', placeCode: place, date: '2026-02-10' });
    expect(told(await send([next]))).toEqual(['waiting place-occupied data.placeCode:place-occupied']);
    await send([departure()]);
    const service = registration.get(OutsideEventsService);
    await registration.database
      .collection('outside_events')
      .updateMany({ state: 'waiting' }, { $set: { tryAgainAt: new Date(0) } });
    await service.sweep();
    expect(told(await send([next]))).toEqual(['already-accepted']);
  });

  it('waits when others write the same at that moment, and is tried again by itself', async () => {
    const stays = registration.get(StaysService);
    jest.spyOn(stays, 'execute').mockRejectedValueOnce(Refusal.of('concurrent-change'));
    expect(told(await send([arrival()]))).toEqual(['waiting concurrent-change']);
    await registration.database
      .collection('outside_events')
      .updateMany({ state: 'waiting' }, { $set: { tryAgainAt: new Date(0) } });
    await registration.get(OutsideEventsService).sweep();
    expect(await changes()).toEqual(['event arrival']);
  });

  it('is of the system that speaks for its source: another of the institution can neither add to it nor withdraw', async () => {
    const source = `urn:nld:planner:${client}`;
    const add = async (name: string): Promise<Caller> => {
      const body = { kind: 'system' as const, name, subject: `${name}-${client}`, roles: [] };
      const organisationId = system.organisationId ?? '';
      const made = await registration.ask(operator, createPerson, { ...body, organisationId });
      return { ...system, personId: made.personId };
    };
    const [first, second] = [await add('Planner'), await add('Tweede')];
    expect(told(await send([arrival({ source })], first))).toEqual(['accepted']);
    const withdrawal = event('3', 'report-withdrawn', { reportId: `${client}-1` }, { source });
    const theirs = 'refused not-permitted source:not-permitted';
    expect(told(await send([arrival({ source }), withdrawal], second))).toEqual([theirs, theirs]);
    expect(await changes()).toEqual(['event arrival']);
    await registration.ask(operator, updatePerson, { personId: first.personId, expectedVersion: 1, active: false });
    expect(told(await send([arrival({ source }), withdrawal], second))).toEqual(['already-accepted', 'accepted']);
    expect(told(await send([arrival({ source })], first))).toEqual([theirs]);
  });

  it('on which we stumble holds up no other, and is tried again', async () => {
    const stumble = jest.spyOn(registration.get(StaysService), 'execute').mockRejectedValueOnce(new Error('a defect'));
    const other = event('4', 'arrival-reported', { clientNumber: 'C27', placeCode: 'P27', date: '2026-01-10' });
    expect(told(await send([arrival(), other]))).toEqual(['waiting unexpected', 'accepted']);
    stumble.mockRestore();
    await registration.database
      .collection('outside_events')
      .updateMany({ state: 'waiting' }, { $set: { tryAgainAt: new Date(0) } });
    await registration.get(OutsideEventsService).sweep();
    expect(told(await send([arrival()]))).toEqual(['already-accepted']);
  });

  it('leaves nothing behind that is not of its type', async () => {
    const more = { clientNumber: client, placeCode: place, date: '2026-01-10', bsn: '111222333', naam: 'Geheimpje' };
    expect(told(await send([arrival({ data: more, subject: 'Geheimpje' })]))).toEqual(['accepted']);
    expect(told(await send([arrival({ data: more, subject: 'Geheimpje' })]))).toEqual(['already-accepted']);
    expect(told(await send([arrival({ data: { ...more, naam: 'Anders' } })]))).toEqual([
      'refused event-content-differs id:event-content-differs',
    ]);
    const kept = await registration.database.collection('outside_events').findOne({ eventId: `${client}-1` });
    expect(JSON.stringify(kept)).not.toMatch(/111222333|Geheimpje/);
  });

  it('follows a client whose record was merged into another', async () => {
    const ids = registration.database.collection<{ _id: string; targetId: string }>('external_ids');
    const idOf = async (number: string) => (await ids.findOne({ kind: 'client', number }))?.targetId ?? '';
    const merge = { clientId: await idOf(client), intoClientId: await idOf('C28'), reason: 'zelfde persoon' };
    await registration.ask(manager, mergeClients, merge);
    expect(told(await send([arrival()]))).toEqual(['accepted']);
    const housing = await registration.ask(manager, getClientHousing, { clientId: merge.intoClientId });
    expect(housing.stays).toHaveLength(1);
  });
});
