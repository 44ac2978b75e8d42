import autocannon from 'autocannon';
import { startSystem } from '../libs/testing/src/system.ts';
import { makeWorld } from '../test/support/world.ts';
import { startBareRoute } from './bare-route.ts';
import { printEngine, printRatio } from './report.ts';

/**
 * Reading a client file through the gateway (sign-in checked, request to the service, access logged durably before the
 * answer, the log chained behind it) against a bare Nest-Fastify route that gives the same bytes, and against one that does
 * by hand what cannot be left out: a read and a durably stored line. `node bench/client-file.ts [seconds]`
 */
const duration = Number(process.argv[2] ?? 8);
const system = await startSystem({ logLevel: 'error' });
try {
  printEngine(system.engine);
  const world = await makeWorld(system, { places: 1, clients: 1 });
  const path = `/v1/clients/${world.clientIds[0] ?? ''}`;
  const file = await (await world.as('samira')).get<object>(path);
  const token = await world.tokenOf('samira');
  const bare = await startBareRoute(file);
  const durable = await startBareRoute(file, system.settings.mongoUrl);
  for (const connections of [16, 1]) {
    console.log(`${connections} at the same time`);
    const run = async (name: string, url: string, headers: Record<string, string>): Promise<number> => {
      await autocannon({ url, headers, connections, duration: 3 });
      const { requests, latency, non2xx } = await autocannon({ url, headers, connections, duration });
      const rate = requests.average;
      console.log(`${name.padEnd(28)} ${rate.toFixed(0).padStart(6)}/s   p50 ${latency.p50} ms   not 2xx: ${non2xx}`);
      return rate;
    };
    const ours = await run('client file', `${system.publicUrl}${path}`, { authorization: `Bearer ${token}` });
    const steps = await run('bare route, durable by hand', durable.url, {});
    const bytes = await run('bare route, the bytes alone', bare.url, {});
    printRatio('client file ÷ durable by hand', ours / steps, '≥ 0.5');
    printRatio('client file ÷ the bytes alone', ours / bytes, '≥ 0.5');
  }
  await bare.stop();
  await durable.stop();
} finally {
  await system.close();
}
