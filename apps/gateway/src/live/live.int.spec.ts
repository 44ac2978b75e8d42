import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import type { Melding } from '#contracts/notifications/meldingen.js';
import { waitFor } from '#testing/wait-for.js';
import { Browser } from '../test-support/browser.js';
import { type GatewayHarness, startHarness } from '../test-support/gateway-harness.js';

let harness: GatewayHarness;
let nats: NatsConnection;
const personId = 'person-of-demo-noor';

beforeAll(async () => {
  harness = await startHarness();
  nats = await connect({ servers: harness.config.NATS_URL });
}, 60_000);
afterAll(async () => {
  await nats.close();
  await harness.close();
}, 30_000);

/** One open stream, as a page reads it. */
interface Reading {
  events: { id: string; event: string; data: Record<string, unknown> }[];
  status: number;
  isOver: boolean;
  close: () => void;
}

const open: Reading[] = [];
afterEach(() => {
  for (const reading of open.splice(0)) reading.close();
});

async function read(headers: Record<string, string>): Promise<Reading> {
  const aborter = new AbortController();
  const response = await fetch(`${harness.url}/v1/meldingen/stream`, { headers, signal: aborter.signal });
  const reading: Reading = { events: [], status: response.status, isOver: false, close: () => aborter.abort() };
  open.push(reading);
  void (async () => {
    let text = '';
    try {
      for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) {
        text += chunk;
        const parts = text.split('\n\n');
        text = parts.pop()!;
        for (const part of parts) {
          const [, id = '', event, data] = /^(?:id: (.*)\n)?event: (.*)\ndata: (.*)$/.exec(part) ?? [];
          if (event && data) reading.events.push({ id, event, data: JSON.parse(data) });
        }
      }
    } catch {
      // Aborted by the test.
    }
    reading.isOver = true;
  })();
  return reading;
}

const bearer = async (lastEventId?: string) => ({
  authorization: `Bearer ${await harness.tokenOf('trajectregisseur')}`,
  ...(lastEventId === undefined ? {} : { 'last-event-id': lastEventId }),
});

function melding(at: number, meldingId: string, version = 1, whose = personId): void {
  const made = { meldingId, version, personId: whose, clientId: `client-of-${meldingId}` } as Melding;
  harness.behind.meldingen.push({ position: `${at}-${meldingId}`, melding: made });
}
const hint = () => nats.publish(`live.meldingen.${personId}`, '{}');
const idsIn = ({ events }: Reading) => events.filter(({ event }) => event === 'melding').map(({ id }) => id);
const isReady = (reading: Reading) => waitFor(() => reading.events.length > 0, { what: 'the stream' });

beforeEach(() => {
  harness.behind.meldingen.splice(0);
  harness.behind.meldingenAway = false;
});

describe('the live stream', () => {
  it('sends a melding at once at a hint, with names, and not one of somebody else', async () => {
    const stream = await read(await bearer());
    await isReady(stream);
    expect(stream.events[0]).toMatchObject({ id: '1000-0', event: 'ready' });
    melding(2000, 'm1');
    melding(2000, 'other', 1, 'somebody-else');
    const began = performance.now();
    hint();
    await waitFor(() => idsIn(stream).length === 1, { what: 'the melding' });
    expect(performance.now() - began).toBeLessThan(1_000);
    expect(stream.events.at(-1)?.data).toMatchObject({
      meldingId: 'm1',
      names: { clients: { 'client-of-m1': 'naam van client-of-m1' } },
    });
  });

  it('resumes after the last event that the page saw', async () => {
    melding(2000, 'm1');
    melding(3000, 'm2');
    const stream = await read(await bearer('2500-m1'));
    await waitFor(() => idsIn(stream).length === 1, { what: 'the melding that was missed' });
    expect(idsIn(stream)).toEqual(['3000-m2']);
  });

  it('never sends the same version twice, and sends each newer one', async () => {
    const stream = await read(await bearer());
    await isReady(stream);
    melding(2000, 'm1');
    for (let index = 0; index < 20; index += 1) hint();
    await waitFor(() => idsIn(stream).length > 0, { what: 'the melding' });
    melding(2100, 'm1', 2);
    hint();
    await waitFor(() => idsIn(stream).length > 1, { what: 'its next version' });
    await nats.flush();
    expect(idsIn(stream)).toEqual(['2000-m1', '2100-m1']);
  });

  it('stays open while notifications is away, and catches up', async () => {
    const stream = await read(await bearer());
    await isReady(stream);
    harness.behind.meldingenAway = true;
    melding(2000, 'm1');
    const before = harness.behind.asked.length;
    hint();
    await waitFor(() => harness.behind.asked.length > before, { what: 'the failing question' });
    harness.behind.meldingenAway = false;
    await waitFor(() => idsIn(stream).length === 1, { what: 'the melding' });
    expect(stream.isOver).toBe(false);
  });

  describe('of somebody whose relations change', () => {
    const usual = { clusterIds: ['cluster-1'], clientIds: [], replacing: [], coordinator: false };
    const forBram = [{ personId: 'bram', until: '2099-01-01', clusterIds: ['cluster-2'], clientIds: [] }];
    const replacing = { ...usual, clusterIds: ['cluster-1', 'cluster-2'], replacing: forBram };
    const told = () => nats.publish(`live.relations.${personId}`, '{}');
    const noticesIn = ({ events }: Reading, name: string) => events.filter(({ event }) => event === name);
    afterEach(() => {
      harness.behind.relations.clear();
      told();
    });

    it('follows the colleague who is replaced from when it is told, and no longer than that', async () => {
      const stream = await read(await bearer());
      await isReady(stream);
      harness.behind.relations.set(personId, replacing);
      const began = performance.now();
      told();
      await waitFor(() => noticesIn(stream, 'relations').length === 1, { what: 'the caseload that was gained' });
      expect(performance.now() - began).toBeLessThan(2_000);
      nats.publish('live.meldingen.bram', '{"meldingId":"x"}');
      await waitFor(() => noticesIn(stream, 'inbox').length === 1, { what: 'a hint about the colleague' });
      // That something changed, not what: the page asks, and gets what it may see then.
      expect(noticesIn(stream, 'inbox')[0]?.data).toEqual({ personId: 'bram' });
      harness.behind.relations.set(personId, usual);
      told();
      await waitFor(() => noticesIn(stream, 'relations').length === 2, { what: 'the caseload that was lost' });
      nats.publish('live.meldingen.bram', '{"meldingId":"y"}');
      melding(2000, 'm-after');
      hint();
      await waitFor(() => idsIn(stream).length === 1, { what: 'the own melding after it' });
      expect(noticesIn(stream, 'inbox')).toHaveLength(1);
    });

    it('finds out by itself when nobody told', async () => {
      const stream = await read(await bearer());
      await isReady(stream);
      harness.behind.relations.set(personId, replacing);
      await waitFor(() => noticesIn(stream, 'relations').length === 1, { what: 'the caseload', timeout: 30_000 });
    }, 40_000);
  });

  it('ends when the person signs out', async () => {
    const browser = new Browser(harness.url);
    await browser.signIn(harness.keyOf('trajectregisseur'));
    const cookie = [...browser.cookies].map((pair) => pair.join('=')).join('; ');
    const stream = await read({ cookie });
    await isReady(stream);
    await browser.change('/auth/sign-out', {});
    await waitFor(() => stream.isOver, { what: 'the end of the stream' });
  });

  it('ends when the person gets other roles', async () => {
    const person = harness.behind.people.get('demo-noor')!;
    const stream = await read(await bearer());
    await isReady(stream);
    harness.behind.people.set('demo-noor', { ...person, roles: ['beleid'], version: 2 });
    await waitFor(
      () => {
        hint();
        return stream.isOver;
      },
      { timeout: 15_000, interval: 200, what: 'the end of the stream' },
    );
    harness.behind.people.set('demo-noor', person);
    // The directory is believed for some seconds.
    await waitFor(async () => (await read(await bearer())).status === 200, { timeout: 15_000, interval: 500 });
  }, 40_000);

  it('is bounded per person', async () => {
    const streams: Reading[] = [];
    for (let index = 0; index < 13; index += 1) streams.push(await read(await bearer()));
    expect(streams.map(({ status }) => status)).toEqual([...Array<number>(12).fill(200), 429]);
  });

  it('needs a sign-in', async () => {
    expect((await read({})).status).toBe(401);
    expect((await read({ authorization: `Bearer ${await harness.tokenOf('system')}` })).status).toBe(403);
  });
});
