import autocannon from 'autocannon';
import { startSystem } from '../libs/testing/src/system.ts';
import { makeWorld } from '../test/support/world.ts';
import { startBareRoute } from './bare-route.ts';
import { printEngine, printRatio } from './report.ts';

/**
 * Reading a client file through the gateway (sign-in checked, request to the service, access logged durably before the
 * answer) against a bare Nest-Fastify route that gives the same bytes. `node bench/client-file.ts [seconds]`
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
  const run = async (url: string, headers: Record<string, string>) => {
    await autocannon({ url, headers, connections: 16, duration: 2 });
    return autocannon({ url, headers, connections: 16, duration });
  };
  const ours = await run(`${system.publicUrl}${path}`, { authorization: `Bearer ${token}` });
  const floor = await run(bare.url, {});
  await bare.stop();
  console.log(
    `client file: ${ours.requests.average.toFixed(0)}/s, p50 ${ours.latency.p50} ms, not 2xx: ${ours.non2xx}`,
  );
  console.log(`bare route:  ${floor.requests.average.toFixed(0)}/s, p50 ${floor.latency.p50} ms`);
  printRatio('client file ÷ bare route', ours.requests.average / floor.requests.average, '≥ 0.5');
} finally {
  await system.close();
}
