import type { MongoFlavour } from '../../../deploy/local/engine-choice.ts';
import { startEngine, type EngineName } from '../../../deploy/local/engines.ts';
import { KEEPER_VARIABLE } from './engine-keeper.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** The engines that all specs of one test run share. */
export interface TestEngines {
  readonly mongoUrl: string;
  readonly natsUrl: string;
  readonly redisUrl: string;
  readonly mongoFlavour: MongoFlavour;
}

/** An engine of a spec's own, to kill and restart. */
export interface OwnEngine {
  readonly url: string;
  readonly pid: number | undefined;
  kill9(): Promise<void>;
  /** Starts it again on the same port and data, also after kill9. */
  restart(): Promise<void>;
  /** Ends it and removes its data. */
  close(): Promise<void>;
}

const ENGINES_MS = 120_000;

/**
 * The shared database, broker and Redis; the first call of a run starts them. Keep apart from other specs by
 * `uniqueName`: a database name, a prefix of streams and subjects, a BullMQ prefix.
 */
export async function engines(): Promise<TestEngines> {
  const keeper = process.env[KEEPER_VARIABLE];
  if (keeper === undefined) throw new Error('engines() works in specs only: Jest starts the keeper of the engines.');
  // The first to ask waits until all engines run; on a busy machine that takes long, but never for ever.
  const response = await fetch(keeper, { signal: AbortSignal.timeout(ENGINES_MS) });
  if (!response.ok) throw new Error(`The engines did not start: ${await response.text()}`);
  return (await response.json()) as TestEngines;
}

/** A name that no other spec or run uses, e.g. for a database: letters, digits and underscores. */
export function uniqueName(prefix: string): string {
  const random = Math.random().toString(36).slice(2, 8);
  return `${prefix}_${process.pid}_${performance.now().toFixed(0)}_${random}`;
}

/** Starts a fresh engine for one spec alone (NATS and Redis within 50 ms, MongoDB within 300 ms). */
export async function ownEngine(name: EngineName, mongoFlavour?: MongoFlavour): Promise<OwnEngine> {
  const folder = temporaryFolder('own');
  const engine = await startEngine(name, {
    dataDir: folder.path,
    reaper: folder.reaper,
    env: {},
    ...(mongoFlavour === undefined ? {} : { mongoFlavour }),
  });
  const running = engine.process;
  if (running === undefined) throw new Error(`${name} of one's own is a process.`);
  return {
    url: engine.url,
    get pid() {
      return running.pid;
    },
    kill9: () => running.kill9(),
    restart: () => running.restart(),
    close: async () => {
      await running.kill9();
      folder.remove();
    },
  };
}
