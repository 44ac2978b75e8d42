import { startSystem } from '../libs/testing/src/system.ts';
import type { Melding } from '../libs/contracts/src/notifications/meldingen.ts';
import { makeWorld } from '../test/support/world.ts';
import { demoAccessToken } from '../deploy/local/issuer/access-token.ts';
import { openFloor } from './floor.ts';
import { percentile, printRatio, printSeries } from './report.ts';

/**
 * From sending a housing change to its melding on somebody's open page, against the floor of the same durable steps done
 * by hand in the same run. `node bench/melding-latency.ts [changes]`
 */
const changes = Number(process.argv[2] ?? 300);
const system = await startSystem({ logLevel: 'warn' });
try {
  const { mongoUrl, natsUrl } = system.settings;
  console.log(`engine: ${process.env['DOORSTROOM_ENGINE'] ?? 'first of the launcher’s choice'}`);
  const world = await makeWorld(system, { places: 2, clients: 1 });
  const [clientId = ''] = world.clientIds;
  const manager = await world.as('samira');
  const seen = await openStream();

  const answered: number[] = [];
  const readable: number[] = [];
  let date = '2020-01-01';
  for (let index = 0; index < changes; index += 1) {
    const placeId = world.placeIds[index % 2] ?? '';
    const body = index === 0 ? { kind: 'arrival', placeId, from: date } : { kind: 'move', placeId, date };
    const since = performance.now();
    const told = seen.next(index + 1);
    await manager.post(`/v1/clients/${clientId}/housing-changes`, body, { key: `bench-${index}` });
    answered.push(performance.now() - since);
    readable.push((await told) - since);
    date = nextDay(date);
  }
  seen.close();

  const floor = await openFloor(mongoUrl, natsUrl);
  const steps: number[] = [];
  for (let index = 0; index < changes; index += 1) steps.push(await floor.changeToMelding());
  await floor.close();

  printSeries('change answered', answered);
  printSeries('change → melding on the open page', readable);
  printSeries('floor: the same durable steps by hand', steps);
  printRatio('p50 ÷ floor', percentile(readable, 0.5) / percentile(steps, 0.5), '≤ 4');
  printRatio('p99 ÷ floor', percentile(readable, 0.99) / percentile(steps, 0.99), '≤ 4');
} finally {
  await system.close();
}

/** Noor's live inbox: when the part with a version came. */
async function openStream(): Promise<{ next: (version: number) => Promise<number>; close: () => void }> {
  const token = await demoAccessToken('noor', {
    issuer: system.issuerUrl,
    clientSecret: system.settings.secrets.oidcClientSecret,
  });
  const abort = new AbortController();
  const response = await fetch(`${system.publicUrl}/v1/meldingen/stream`, {
    headers: { authorization: `Bearer ${token}`, accept: 'text/event-stream' },
    signal: abort.signal,
  });
  const waiting = new Map<number, (at: number) => void>();
  const arrived = new Map<number, number>();
  void read().catch(() => undefined);
  return {
    next: (version) =>
      new Promise((resolve) => {
        const at = arrived.get(version);
        if (at === undefined) waiting.set(version, resolve);
        else resolve(at);
      }),
    close: () => abort.abort(),
  };

  async function read(): Promise<void> {
    let buffer = '';
    for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
      buffer += chunk;
      const events = buffer.split('\n\n');
      buffer = events.pop() ?? '';
      for (const data of events.flatMap((event) => event.split('\n').filter((line) => line.startsWith('data:')))) {
        const melding = JSON.parse(data.slice(5)) as Partial<Melding>;
        for (const { sequence } of melding.parts ?? []) note(sequence);
      }
    }
  }

  function note(version: number): void {
    if (arrived.has(version)) return;
    arrived.set(version, performance.now());
    waiting.get(version)?.(performance.now());
  }
}

function nextDay(date: string): string {
  return new Date(Date.parse(`${date}T12:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
}
