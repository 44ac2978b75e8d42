import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import { SMTPServer } from 'smtp-server';
import { once } from 'node:events';
import { startSystem, type TestSystem } from '#testing/system.js';
import { waitFor } from '#testing/wait-for.js';
import type { ClientAccess, LogVerification, PersonAccess } from '../../libs/contracts/src/audit/access-log.ts';
import type { Melding } from '../../libs/contracts/src/notifications/meldingen.ts';
import { inDays } from '../support/days.ts';
import { Door, problemIn, type Sent } from '../support/door.ts';
import { Stored } from '../support/stored.ts';
import { makeWorld, type World } from '../support/world.ts';

const MINUTE = 60_000;
/** Synthetic, and in no other text of the system. */
const PERSON = {
  givenNames: 'Quirijntje',
  familyName: 'Zonnebloemsteyn',
  birthDate: '2004-05-17',
  bsn: '111222333',
  phone: '0612987654',
  email: 'quirijntje@voorbeeld.example',
  address: { street: 'Verzonnenlaantje', houseNumber: '7', postcode: '1234 AB', city: 'Nergenshuizen' },
  contactPersons: [{ name: 'Hendrikus Fantasiemans', relation: 'parent', phone: '0612111222' }],
  notADuplicate: true,
};
const SECRETS = [
  ...['Quirijntje', 'Zonnebloemsteyn', 'Verzonnenlaantje', 'Nergenshuizen', 'Fantasiemans'],
  ...['111222333', '0612987654', '0612111222', '2004-05-17'],
];

/** Who may see what, that it is logged, and that personal data go nowhere else (domain.md §2, §9, §10). */
describe('access to client data', () => {
  let system: TestSystem;
  let world: World;
  let stored: Stored;
  let clientId: string;
  let meldingId: string;
  const mails: string[] = [];
  const smtp = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    onData: (stream, _session, done) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        mails.push(Buffer.concat(chunks).toString('utf8'));
        done();
      });
    },
  });

  beforeAll(async () => {
    smtp.listen(0, '127.0.0.1');
    await once(smtp.server, 'listening');
    const address = smtp.server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    system = await startSystem({ smtpUrl: `smtp://127.0.0.1:${port}`, logLevel: 'trace' });
    world = await makeWorld(system, { places: 2, clients: 0 });
    stored = new Stored(system);
    const [noor, samira, operator] = await Promise.all(['noor', 'samira', 'beheer'].map((name) => world.as(name)));
    const settings = await operator?.get<{ version: number }>('/v1/notification-settings');
    await operator?.put('/v1/notification-settings', { mailBundleSeconds: 0 }, { version: settings?.version ?? 0 });
    const preferences = await noor?.get<{ version: number }>('/v1/me/notification-preferences');
    const mail = { email: { address: 'noor@ggd.example', mode: 'immediate', digestAt: '08:00' }, quietHours: null };
    await noor?.put('/v1/me/notification-preferences', mail, { version: preferences?.version ?? 0 });
    clientId = (await samira?.post<{ clientId: string }>('/v1/clients', PERSON, { key: 'person' }))?.clientId ?? '';
    const arrival = { kind: 'arrival', placeId: world.placeIds[0] ?? '', from: inDays(-3) };
    await samira?.post(`/v1/clients/${clientId}/housing-changes`, arrival, { key: 'arrival' });
    meldingId = await waitFor(async () => (await noor?.all<Melding>('/v1/meldingen'))?.[0]?.meldingId);
  }, 2 * MINUTE);

  afterAll(async () => {
    await stored.close();
    await system.close();
    await new Promise<void>((resolve) => smtp.close(() => resolve()));
  }, MINUTE);

  /** Everything that shows or changes the client, with how to ask it. */
  const requests = (): [path: string, sent: Sent][] => [
    [`/v1/clients/${clientId}`, {}],
    [`/v1/clients/${clientId}`, { method: 'PATCH', json: { phone: '0600000000' }, headers: { 'if-match': '"1"' } }],
    [`/v1/clients/${clientId}/bsn`, {}],
    [`/v1/clients/${clientId}/versions`, {}],
    [`/v1/clients/${clientId}/housing`, {}],
    [`/v1/clients/${clientId}/meldingen`, {}],
    [`/v1/clients/${clientId}/access-log`, {}],
    [`/v1/audit/clients/${clientId}`, {}],
    [
      `/v1/clients/${clientId}/housing-changes`,
      { method: 'POST', json: { kind: 'leave', from: inDays(-1), reason: 'holiday' } },
    ],
    [`/v1/clients/${clientId}/merge`, { method: 'POST', json: { intoClientId: clientId, reason: 'zelfde' } }],
    [`/v1/meldingen/${meldingId}`, {}],
    [`/v1/meldingen/${meldingId}/acknowledge`, { method: 'POST', json: {} }],
  ];

  it.each(['joost', 'daan', 'ruben', 'marijke', 'peter', 'lotte', 'bram', 'anouk', 'kees', 'ilse', 'hassan', 'beheer'])(
    '%s, who has nothing to do with the client, can neither see nor change anything',
    async (name) => {
      const door = await world.doorOf(name);
      const before = await stored.registration();
      for (const [path, sent] of requests()) {
        const answer = await door.send(path, sent);
        expect({ path, refused: [403, 404].includes(answer.status) }).toEqual({ path, refused: true });
        expect(problemIn(answer).code).toMatch(/^(not-permitted|not-found)$/);
        expectNoSecret(answer.text);
      }
      const found = await door.post('/v1/clients/search', { text: 'Zonnebloemsteyn' });
      expectNoSecret(found.text);
      expect(await stored.registration()).toEqual(before);
    },
  );

  it('nobody sees or changes anything without a sign-in, or with one that is no good', async () => {
    const token = await world.tokenOf('samira');
    const forged = `${token.slice(0, -6)}AAAAAA`;
    for (const door of [new Door(system.publicUrl), new Door(system.publicUrl, forged)]) {
      for (const [path, sent] of requests()) {
        const answer = await door.send(path, sent);
        expect({ path, status: answer.status }).toEqual({ path, status: 401 });
      }
    }
  });

  it('every read and write stands in the log of the client: who, in which role, what, on which ground', async () => {
    const reader = await world.as('noor');
    await reader.get(`/v1/clients/${clientId}`);
    await reader.get(`/v1/clients/${clientId}/bsn`);
    await reader.get(`/v1/clients/${clientId}/housing`);
    await reader.get('/v1/meldingen');
    await reader.get(`/v1/meldingen/${meldingId}`);
    await reader.post('/v1/clients/search', { text: 'zonnebloem' });
    await reader.get(`/v1/occupancy/board?clusterId=${world.clusterId}&from=${inDays(-7)}&until=${inDays(7)}`);
    const noorId = world.personIds.get('noor') ?? '';
    const expected = [
      'registration.clients.get read own-caseload',
      'registration.clients.reveal-bsn read own-caseload',
      'registration.stays.get read own-caseload',
      'notifications.meldingen.list read own-melding',
      'notifications.meldingen.get read own-melding',
      'registration.clients.search search own-caseload',
      'registration.occupancy.board read own-caseload',
    ];
    let seen: ClientAccess[] = [];
    await waitFor(
      async () => {
        seen = await reader.all<ClientAccess>(`/v1/clients/${clientId}/access-log?limit=200`);
        const told = linesOf(seen, noorId);
        return expected.every((line) => told.has(line));
      },
      { timeout: 10_000, interval: 100, what: 'seven reads in the log' },
    );
    // Names beside an answer, and the log itself, are accesses of their own.
    const others = [...linesOf(seen, noorId)].filter((line) => !expected.includes(line));
    expect(
      others.every((line) => /^(registration\.names\.resolve|audit\.clients\.list) read own-caseload$/.test(line)),
    ).toBe(true);
    const bySamira = seen.filter(({ actorId }) => actorId === world.personIds.get('samira'));
    expect(bySamira.map(({ operation, action }) => `${operation} ${action}`)).toEqual(
      expect.arrayContaining(['registration.clients.create create', 'registration.stays.record update']),
    );
    for (const entry of seen) {
      expect(entry).toMatchObject({ actorKind: 'person', emergency: false, correlationId: expect.any(String) });
      expect([entry.actorRoles.length > 0, entry.ground.length > 0, Date.parse(entry.at) > 0]).toEqual([
        true,
        true,
        true,
      ]);
    }
    const own = await reader.all<PersonAccess>(`/v1/audit/people/${noorId}?limit=200`);
    expect(own.some(({ clientIds }) => clientIds?.includes(clientId))).toBe(true);
    const operator = await world.as('beheer');
    const forOperator = await operator.all<PersonAccess>(`/v1/audit/people/${noorId}?limit=200`);
    expect(forOperator.every(({ clientIds }) => clientIds === undefined)).toBe(true);
    expect(await operator.post<LogVerification>('/v1/audit/verify', {})).toMatchObject({ intact: true });
  }, 30_000);

  it('reading the log is logged as well', async () => {
    const reader = await world.as('noor');
    await waitFor(async () => {
      const entries = await reader.all<ClientAccess>(`/v1/clients/${clientId}/access-log?limit=200`);
      return entries.some(({ operation }) => operation === 'audit.clients.list');
    });
  });

  it('a change that is read without the log is not shown: no entry, no data', async () => {
    const door = await world.doorOf('samira');
    await system.part('mongo').kill9();
    const answer = await door.send(`/v1/clients/${clientId}`);
    await system.part('mongo').restart();
    expect(answer.status).toBe(503);
    expectNoSecret(answer.text);
    await waitFor(async () => (await door.send(`/v1/clients/${clientId}`)).status === 200, { timeout: 10_000 });
  }, 30_000);

  it('personal data are in no log line, fact, other database, address, metric or e-mail', async () => {
    await waitFor(() => mails.length > 0, { timeout: 20_000, what: 'an e-mail to Noor' });
    for (const name of system.serviceNames) {
      for (const line of system.part(name).lines) expectNoSecret(line);
      expect(system.part(name).lines.join('\n')).not.toContain(await world.tokenOf('samira'));
      if (name === 'issuer') continue;
      const metrics = await fetch(`${name === 'gateway' ? system.publicUrl : system.part(name).url}/metrics`);
      const text = await metrics.text();
      expectNoSecret(text);
      expect(text).not.toContain(clientId);
    }
    for (const fact of await factsOf(system)) expectNoSecret(fact);
    for (const service of ['notifications', 'audit', 'gateway'] as const) {
      for (const text of (await stored.textOf(service)).values()) expectNoSecret(text);
    }
    for (const mail of mails) {
      expectNoSecret(mail);
      expect(mail).not.toContain(clientId);
    }
    // Registration keeps names, but the BSN only sealed.
    for (const [collection, text] of await stored.textOf('registration')) {
      expect({ collection, open: text.includes(PERSON.bsn) }).toEqual({ collection, open: false });
    }
  }, 60_000);
});

/** What one person did, each kind of access once: `<operation> <action> <ground>`. */
function linesOf(entries: readonly ClientAccess[], personId: string): Set<string> {
  const own = entries.filter(({ actorId }) => actorId === personId);
  return new Set(own.map(({ operation, action, ground }) => `${operation} ${action} ${ground}`));
}

function expectNoSecret(text: string): void {
  const found = SECRETS.filter((secret) => text.toLowerCase().includes(secret.toLowerCase()));
  if (found.length > 0) throw new Error(`${found.join(', ')} in: ${text.slice(0, 2_000)}`);
}

/** Everything that is in the streams of the broker. */
async function factsOf({ settings }: TestSystem): Promise<string[]> {
  const nats = await connect({ servers: settings.natsUrl });
  try {
    const facts: string[] = [];
    for (const stream of ['FACTS', 'ACCESS']) {
      const { state } = await (await jetstreamManager(nats)).streams.info(stream);
      const consumer = await jetstream(nats).consumers.get(stream, {});
      const messages = await consumer.fetch({ max_messages: state.messages, expires: 5_000 });
      for await (const message of messages) facts.push(message.string());
    }
    return facts;
  } finally {
    await nats.close();
  }
}
