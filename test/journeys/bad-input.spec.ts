import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startSystem, type TestSystem } from '#testing/system.js';
import type { OutsideEventAnswers } from '../../libs/contracts/src/registration/outside-events.ts';
import type { ClientHousing, HousingChangeRecorded } from '../../libs/contracts/src/registration/stays.ts';
import { inDays } from '../support/days.ts';
import { type Answer, type Door, problemIn, type Sent } from '../support/door.ts';
import { Stored } from '../support/stored.ts';
import { makeWorld, type World } from '../support/world.ts';

const MINUTE = 60_000;

/** What is sent, and what the refusal says: status, code, and the fields at fault. */
interface Case {
  readonly says: string;
  /** Who sends it; Samira by default. */
  readonly who?: string;
  readonly path: () => string;
  readonly sent: () => Sent;
  readonly status: number;
  readonly code: string;
  /** `<path> <code>` of every field at fault. */
  readonly fields?: readonly string[];
}

/** Issue "Bad input and faults": each a precise refusal (code, field, Dutch and English text), nothing half-written. */
describe('bad input', () => {
  let system: TestSystem;
  let world: World;
  let stored: Stored;
  /** Housed on the first place from 40 days ago until 10 days ago, and from then on the second. */
  let housed: ClientHousing;

  beforeAll(async () => {
    system = await startSystem({ services: ['issuer', 'registration', 'notifications', 'gateway'] });
    world = await makeWorld(system, { places: 4, clients: 3 });
    stored = new Stored(system);
    const samira = await world.as('samira');
    const path = `/v1/clients/${client()}/housing-changes`;
    await samira.post(path, { kind: 'arrival', placeId: place(0), from: inDays(-40) }, { key: 'a' });
    await samira.post(path, { kind: 'move', placeId: place(1), date: inDays(-10) }, { key: 'b' });
    const beside = { kind: 'arrival', placeId: place(3), from: inDays(-30) };
    await samira.post(`/v1/clients/${client(2)}/housing-changes`, beside, { key: 'c' });
    housed = await samira.get<ClientHousing>(`/v1/clients/${client()}/housing`);
    const joost = await world.as('joost');
    const other = { givenNames: 'Ander', familyName: 'Elders', birthDate: '2002-02-02' };
    const { clientId } = await joost.post<{ clientId: string }>('/v1/clients', other, { key: 'other' });
    const arrival = { kind: 'arrival', placeId: world.otherPlaceIds[0] ?? '', from: inDays(-40) };
    await joost.post(`/v1/clients/${clientId}/housing-changes`, arrival, { key: 'other-arrival' });
  }, 2 * MINUTE);

  afterAll(async () => {
    await stored.close();
    await system.close();
  }, MINUTE);

  const client = (index = 0): string => world.clientIds[index] ?? '';
  const place = (index: number): string => world.placeIds[index] ?? '';
  const changes =
    (index = 0) =>
    () =>
      `/v1/clients/${client(index)}/housing-changes`;
  const post =
    (json: () => object, headers: Record<string, string> = {}) =>
    () => ({
      method: 'POST',
      json: json(),
      headers,
    });
  const newClient = (details: object) => post(() => ({ givenNames: 'Fout', familyName: 'Invoer', ...details }));

  const housing: Case[] = [
    {
      says: 'a place that somebody else has',
      path: changes(1),
      sent: post(() => ({ kind: 'arrival', placeId: place(1), from: inDays(-5) })),
      status: 409,
      code: 'place-occupied',
      fields: ['placeId place-occupied'],
    },
    {
      says: 'a back-dated stay that overlaps at its end',
      path: changes(1),
      sent: post(() => ({ kind: 'arrival', placeId: place(0), from: inDays(-50), until: inDays(-39) })),
      status: 409,
      code: 'place-occupied',
      fields: ['placeId place-occupied'],
    },
    {
      says: 'a second place for a client who has one',
      path: changes(),
      sent: post(() => ({ kind: 'arrival', placeId: place(2), from: inDays(-5) })),
      status: 409,
      code: 'client-already-housed',
      fields: ['from client-already-housed'],
    },
    {
      says: 'a place that does not exist',
      path: changes(1),
      sent: post(() => ({ kind: 'arrival', placeId: 'nowhere', from: inDays(-5) })),
      status: 422,
      code: 'unknown-place',
      fields: ['placeId unknown-place'],
    },
    {
      says: 'an end before the start',
      path: changes(1),
      sent: post(() => ({ kind: 'arrival', placeId: place(2), from: inDays(-5), until: inDays(-6) })),
      status: 422,
      code: 'date-order',
      fields: ['until date-order'],
    },
    {
      says: 'an arrival in the future',
      path: changes(1),
      sent: post(() => ({ kind: 'arrival', placeId: place(2), from: inDays(3) })),
      status: 422,
      code: 'arrival-in-future',
      fields: ['from arrival-in-future'],
    },
    {
      says: 'a stay from before the client was born',
      path: changes(1),
      sent: post(() => ({ kind: 'arrival', placeId: place(2), from: '1990-01-01', until: '1990-02-01' })),
      status: 422,
      code: 'before-birth',
      fields: ['from before-birth'],
    },
    {
      says: 'a date that no calendar has, and one in another form',
      path: changes(1),
      sent: post(() => ({ kind: 'arrival', placeId: place(2), from: '2025-02-30', until: '1-3-2025' })),
      status: 400,
      code: 'invalid-input',
      fields: ['from date-not-existing', 'until date-form'],
    },
    {
      says: 'a change of a kind that does not exist',
      path: changes(1),
      sent: post(() => ({ kind: 'vanish' })),
      status: 400,
      code: 'invalid-input',
      fields: ['kind code-unknown'],
    },
    {
      says: 'a departure without its reason, destination and date',
      path: changes(),
      sent: post(() => ({ kind: 'departure' })),
      status: 400,
      code: 'invalid-input',
      fields: ['date field-required', 'destination field-required', 'reason field-required'],
    },
    {
      says: 'a field that does not exist, and one of another kind of change',
      path: changes(1),
      sent: post(() => ({ kind: 'arrival', placeId: place(2), from: inDays(-5), colour: 'blue', leaveId: 'x' })),
      status: 400,
      code: 'invalid-input',
      fields: ['colour field-unknown', 'leaveId field-unknown'],
    },
    {
      says: 'a correction onto a place that somebody else has',
      path: changes(),
      sent: post(() => ({
        kind: 'correction',
        stayId: housed.stays[1]?.stayId ?? '',
        placeId: place(3),
        reason: 'wrong-place',
      })),
      status: 409,
      code: 'place-occupied',
      fields: ['placeId place-occupied'],
    },
    {
      says: 'a version that somebody else changed meanwhile (If-Match)',
      path: changes(),
      sent: post(() => ({ kind: 'move', placeId: place(2), date: inDays(-1) }), { 'if-match': '"1"' }),
      status: 412,
      code: 'stale-version',
    },
    {
      says: 'a key that was used for another request',
      path: changes(),
      sent: post(() => ({ kind: 'move', placeId: place(2), date: inDays(-1) }), { 'idempotency-key': 'a' }),
      status: 422,
      code: 'idempotency-key-reused',
    },
    {
      says: 'a place of another institution',
      path: changes(1),
      sent: post(() => ({ kind: 'arrival', placeId: world.otherPlaceIds[1] ?? '', from: inDays(-5) })),
      status: 403,
      code: 'other-organisation',
      fields: ['placeId other-organisation'],
    },
    {
      says: 'a client of another institution, as if there were none',
      who: 'joost',
      path: changes(),
      sent: post(() => ({ kind: 'departure', date: inDays(-1), reason: 'own-choice', destination: 'family' })),
      status: 404,
      code: 'not-found',
    },
    {
      says: 'a swap of one client with themselves',
      path: () => '/v1/housing-swaps',
      sent: post(() => ({ date: inDays(0), first: { clientId: client() }, second: { clientId: client() } })),
      status: 422,
      code: 'swap-needs-two-clients',
    },
  ];

  const clients: Case[] = [
    {
      says: 'a date of birth in the future',
      path: () => '/v1/clients',
      sent: newClient({ birthDate: inDays(1) }),
      status: 422,
      code: 'birth-date-in-future',
      fields: ['birthDate birth-date-in-future'],
    },
    {
      says: 'a BSN that fails the eleven test',
      path: () => '/v1/clients',
      sent: newClient({ birthDate: '2001-01-01', bsn: '123456789' }),
      status: 422,
      code: 'bsn-invalid',
      fields: ['bsn bsn-invalid'],
    },
    {
      says: 'a client without a name',
      path: () => '/v1/clients',
      sent: post(() => ({ givenNames: 'Zonder' })),
      status: 400,
      code: 'invalid-input',
      fields: ['familyName field-required'],
    },
    {
      says: 'somebody who seems to be there already',
      path: () => '/v1/clients',
      sent: post(() => ({ givenNames: 'Test1', familyName: 'Wereldb', birthDate: '2005-03-04' })),
      status: 409,
      code: 'possible-duplicate',
    },
    {
      says: 'a change of a record without its version',
      path: () => `/v1/clients/${client()}`,
      sent: () => ({ method: 'PATCH', json: { phone: '06-12345678' } }),
      status: 412,
      code: 'version-required',
    },
    {
      says: 'a change of an older version of a record',
      path: () => `/v1/clients/${client()}`,
      sent: () => ({ method: 'PATCH', json: { phone: '06-12345678' }, headers: { 'if-match': '"7"' } }),
      status: 412,
      code: 'stale-version',
    },
  ];

  const bodies: Case[] = [
    {
      says: 'malformed JSON',
      path: changes(1),
      sent: () => ({ method: 'POST', body: '{"kind": "arrival"', headers: { 'content-type': 'application/json' } }),
      status: 400,
      code: 'malformed-body',
    },
    {
      says: 'a list in the place of an object',
      path: changes(1),
      sent: () => ({ method: 'POST', json: [1, 2] }),
      status: 400,
      code: 'malformed-body',
    },
    {
      says: 'another kind of content',
      path: changes(1),
      sent: () => ({ method: 'POST', body: 'kind=arrival', headers: { 'content-type': 'text/plain' } }),
      status: 415,
      code: 'media-type-unsupported',
    },
    {
      says: 'a body above a megabyte',
      path: changes(1),
      sent: () => ({ method: 'POST', json: { kind: 'arrival', placeId: 'x'.repeat(1_100_000) } }),
      status: 413,
      code: 'body-too-large',
    },
    {
      says: 'an address that does not exist',
      path: () => '/v1/nothing-here',
      sent: () => ({}),
      status: 404,
      code: 'not-found',
    },
    {
      says: 'a method that is not possible there',
      path: () => '/v1/housing-swaps',
      sent: () => ({ method: 'DELETE' }),
      status: 405,
      code: 'method-not-allowed',
    },
  ];

  it.each([...housing, ...clients, ...bodies])('$says: refused as $code', async (wrong) => {
    const door = await world.doorOf(wrong.who ?? 'samira');
    const before = await stored.registration();
    const answers = new Map<string, Answer>();
    for (const language of ['nl', 'en']) {
      const sent = wrong.sent();
      const headers = { ...sent.headers, 'accept-language': language };
      answers.set(language, await door.send(wrong.path(), { ...sent, headers }));
    }
    expect(await stored.registration()).toEqual(before);
    for (const [language, answer] of answers) isPrecise(answer, wrong, language);
    const [dutch, english] = [...answers.values()].map((answer) => problemIn(answer).detail);
    expect(dutch).not.toBe(english);
  });

  function isPrecise(answer: Answer, { status, code, fields }: Case, language: string): void {
    const problem = problemIn(answer);
    const at = (problem.errors ?? []).map((error) => `${error.path} ${error.code}`);
    expect({ status: answer.status, code: problem.code, fields: at.sort() }).toEqual({
      status,
      code,
      fields: fields === undefined ? expect.anything() : [...fields].sort(),
    });
    expect(problem).toMatchObject({ status, type: `urn:nld:doorstroom:problem:${code}` });
    expect(problem.correlationId).toMatch(/^[0-9a-f]{32}$/);
    expect(answer.headers.get('content-language')).toBe(language);
    for (const { nl, en } of problem.errors ?? []) {
      expect([nl.length > 5, en.length > 5, nl !== en]).toEqual([true, true, true]);
    }
  }

  it('a request that is repeated with its key is answered as before and done once', async () => {
    const samira = await world.as('samira');
    const before = await stored.registration();
    const body = { kind: 'arrival', placeId: place(0), from: inDays(-40) };
    const again = await samira.post<HousingChangeRecorded>(changes()(), body, { key: 'a' });
    expect(again.version).toBe(1);
    expect(await stored.registration()).toEqual(before);
  });

  describe('in events of another system', () => {
    let system1: Door;
    const source = 'urn:nld:e-vita-demo:de-haven';
    const event = (over: object) => ({
      specversion: '1.0',
      id: 'bad-1',
      source,
      type: 'nl.doorstroom.housing.arrival-reported.v1',
      time: `${inDays(0)}T08:00:00Z`,
      datacontenttype: 'application/json',
      data: { clientNumber: 'HV-404', placeCode: 'HV-1', date: inDays(-1) },
      ...over,
    });

    beforeAll(async () => {
      system1 = await world.doorOf('e-vita-demo');
    });

    it('refuses an unknown type, a malformed envelope and wrong data, each by itself', async () => {
      const before = await stored.registration();
      const answers = await sendBatch([
        event({ id: 'bad-type', type: 'nl.doorstroom.housing.teleport-reported.v1' }),
        event({ id: 'bad-version', specversion: '0.3' }),
        event({ id: 'bad-time', time: 'yesterday' }),
        event({ id: 'bad-data', data: { clientNumber: 'HV-404', placeCode: 'HV-1', date: '2025-02-30' } }),
        event({ id: 'no-data', data: undefined }),
        'not an event',
      ]);
      expect(answers.map(({ outcome, code }) => `${outcome} ${code ?? ''}`)).toEqual([
        'refused unknown-event-type',
        'refused event-malformed',
        'refused event-malformed',
        'refused event-malformed',
        'refused event-malformed',
        'refused event-malformed',
      ]);
      const fields = answers.map(({ errors }) => (errors ?? []).map(({ path, code }) => `${path} ${code}`));
      expect(fields).toEqual([
        ['type unknown-event-type'],
        ['specversion field-invalid'],
        ['time instant-form'],
        ['data.date date-not-existing'],
        ['data field-required'],
        [],
      ]);
      for (const { detail } of answers) expect(detail?.nl).not.toBe(detail?.en);
      expect(await stored.registration()).toEqual(before);
    });

    it('refuses other content under an id that came before', async () => {
      const before = await stored.registration();
      const [first] = await sendBatch([event({ id: 'replayed' })]);
      expect(first).toMatchObject({ outcome: 'waiting', code: 'unknown-client-number' });
      const other = { clientNumber: 'HV-404', placeCode: 'HV-2', date: inDays(-1) };
      const [second] = await sendBatch([event({ id: 'replayed', data: other })]);
      expect(second).toMatchObject({ outcome: 'refused', code: 'event-content-differs', errors: [{ path: 'id' }] });
      expect(await stored.registration()).toEqual(before);
    });

    it('refuses a batch that is too long, JSON that is none, and a person', async () => {
      const before = await stored.registration();
      const batch = Array.from({ length: 201 }, (_, index) => event({ id: `long-${index}` }));
      const long = await sendEvents(system1, batch);
      expect([long.status, problemIn(long).code]).toEqual([413, 'batch-too-long']);
      const headers = { 'content-type': 'application/cloudevents+json' };
      const broken = await system1.send('/v1/events', { method: 'POST', body: '{"id":', headers });
      expect([broken.status, problemIn(broken).code]).toEqual([400, 'malformed-body']);
      const plain = await system1.send('/v1/events', {
        method: 'POST',
        body: 'x',
        headers: { 'content-type': 'text/csv' },
      });
      expect([plain.status, problemIn(plain).code]).toEqual([415, 'media-type-unsupported']);
      const person = await sendEvents(await world.doorOf('samira'), [event({})]);
      expect([person.status, problemIn(person).code]).toEqual([403, 'not-permitted']);
      expect(await stored.registration()).toEqual(before);
    });

    async function sendBatch(events: readonly unknown[]): Promise<OutsideEventAnswers['answers']> {
      const answer = await sendEvents(system1, events);
      if (answer.status !== 200) throw new Error(answer.text);
      return (JSON.parse(answer.text) as OutsideEventAnswers).answers;
    }

    function sendEvents(door: Door, events: readonly unknown[]): Promise<Answer> {
      const headers = { 'content-type': 'application/cloudevents-batch+json' };
      return door.send('/v1/events', { method: 'POST', body: JSON.stringify(events), headers });
    }
  });
});
