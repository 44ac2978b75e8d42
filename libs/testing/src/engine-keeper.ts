import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import { ENGINE_NAMES, startEngines, type Engine, type EngineName } from '../../../deploy/local/engines.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** Tells test workers where the keeper listens. */
export const KEEPER_VARIABLE = 'DOORSTROOM_TEST_KEEPER';

export interface EngineKeeper {
  readonly url: string;
  /** Stops the engines, if any were asked for, and removes their data. */
  close(): Promise<void>;
}

/**
 * Keeps one set of engines for a whole test run, in Jest's own process: the workers come and go. Nothing is started
 * until the first spec asks, so a run of unit specs stays quick.
 */
export async function openEngineKeeper(): Promise<EngineKeeper> {
  const folder = temporaryFolder('test');

  let started: Promise<Record<EngineName, Engine>> | undefined;
  const answer = async (response: ServerResponse): Promise<void> => {
    try {
      // A test run has its own broker and Redis in any case: names on them are not unique per run.
      const mongoUrl = process.env['MONGO_URL'];
      started ??= startEngines({
        dataDir: folder.path,
        reaper: folder.reaper,
        env: mongoUrl === undefined ? {} : { MONGO_URL: mongoUrl },
      });
      const { mongo, nats, redis } = await started;
      const urls = { mongoUrl: mongo.url, natsUrl: nats.url, redisUrl: redis.url, mongoFlavour: mongo.choice.flavour };
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(urls));
    } catch (error) {
      response.writeHead(500).end(error instanceof Error ? error.message : String(error));
    }
  };
  const server = createServer((_request, response) => {
    // Seconds lie between two specs that ask: a connection kept for the next would be closed just as it is used.
    response.setHeader('connection', 'close');
    void answer(response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  server.unref();
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The engine keeper has no port.');

  return {
    url: `http://127.0.0.1:${address.port}/`,
    close: async () => {
      server.close();
      const running = await started?.catch(() => undefined);
      // The data goes anyway, so there is no need to let them write it out.
      if (running !== undefined) await Promise.all(ENGINE_NAMES.map(async (name) => running[name].process?.kill9()));
      folder.remove();
    },
  };
}
