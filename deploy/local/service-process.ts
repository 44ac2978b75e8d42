import { ManagedProcess } from './managed-process.ts';
import { repositoryRoot } from './paths.ts';
import type { Reaper } from './reaper.ts';
import { serviceEnvironment, type SystemSettings } from './service-environment.ts';
import { serviceDefinition, type ServiceName } from './services.ts';

export interface ServiceProcessOptions {
  readonly service: ServiceName;
  /** How it is called in logs; several processes of one service have different names. */
  readonly name: string;
  readonly port: number;
  readonly settings: SystemSettings;
  readonly reaper: Reaper;
  readonly onLine?: (line: string) => void;
  readonly onCrash?: (process: ManagedProcess, how: string) => void;
}

/** Connecting, building indexes and catching up; a machine that is busy building needs the room. */
const READY_WITHIN_MS = 90_000;
/** Longer than a service gives itself to finish what is in hand (15 s, libs/platform). */
const STOP_WITHIN_MS = 16_000;
const ANSWER_MS = 2_000;
/**
 * Room for objects that live as long as one request. A small heap makes it tiny by default, and then a busy service spends
 * most of its time moving them: 8.7 ms of CPU per housing change where 2.2 ms are enough, measured, with more memory used.
 */
const YOUNG_MB = 8;

/** What Node is given to run a service: its flags and the file. The containers run it the same way. */
export function nodeArguments(service: ServiceName): string[] {
  const { entry, heapMb } = serviceDefinition(service);
  return [`--max-old-space-size=${heapMb}`, `--max-semi-space-size=${YOUNG_MB}`, '--enable-source-maps', entry];
}

/** A service as a child process, not started yet. */
export function serviceProcess(options: ServiceProcessOptions): ManagedProcess {
  const { service, name, port, settings, reaper } = options;
  const { readyPath } = serviceDefinition(service);
  return new ManagedProcess(
    {
      name,
      command: process.execPath,
      args: nodeArguments(service),
      env: serviceEnvironment(service, port, settings, process.env),
      cwd: repositoryRoot,
      isReady: () => answersOk(`http://127.0.0.1:${port}${readyPath}`),
      readyWithin: READY_WITHIN_MS,
      stopWithin: STOP_WITHIN_MS,
      ...(options.onLine === undefined ? {} : { onLine: options.onLine }),
      ...(options.onCrash === undefined ? {} : { onCrash: options.onCrash }),
    },
    reaper,
  );
}

async function answersOk(url: string): Promise<boolean> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(ANSWER_MS) });
    await response.body?.cancel();
    return response.ok;
  } catch {
    return false;
  }
}
