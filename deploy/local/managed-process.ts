import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { codeOf } from './problem.ts';
import type { Reaper } from './reaper.ts';

export interface ProcessSpec {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly env: Record<string, string>;
  readonly cwd: string;
  /** Asked over and over while the process lives, until it answers true. */
  readonly isReady: () => Promise<boolean>;
  /** Milliseconds from start to ready; passing it is an error. */
  readonly readyWithin: number;
  /** Milliseconds between SIGTERM and SIGKILL. */
  readonly stopWithin: number;
  readonly onLine?: (line: string) => void;
  /** Called when the process ends without having been asked to. */
  readonly onCrash?: (process: ManagedProcess, how: string) => void;
}

/** Lines kept per process, for failures to quote and for tests to read. */
const KEPT_LINES = 20_000;
const QUOTED_LINES = 12;
const POLL_MS = 30;
/** What a process wrote last may arrive after its end. */
const LAST_WORDS_MS = 50;

/** One child process with its own process group, so that Ctrl-C reaches it only through its keeper. */
export class ManagedProcess {
  readonly name: string;
  readonly #spec: ProcessSpec;
  readonly #reaper: Reaper;
  #child: ChildProcess | undefined;
  #exited: Promise<unknown> = Promise.resolve();
  #expectedToEnd = false;
  #lines: string[] = [];

  /** `reaper` ends the process when this one dies without a chance to do so. */
  constructor(spec: ProcessSpec, reaper: Reaper) {
    this.name = spec.name;
    this.#spec = spec;
    this.#reaper = reaper;
  }

  /** The process id; undefined while it does not run. */
  get pid(): number | undefined {
    return this.#child?.pid;
  }

  /** What it wrote so far to stdout and stderr, over all its starts. */
  get lines(): readonly string[] {
    return this.#lines;
  }

  /** Starts and waits until ready. Throws with its last lines when it ends or stays unready too long. */
  async start(): Promise<void> {
    const { command, args, env, cwd, name } = this.#spec;
    this.#expectedToEnd = false;
    const child = spawn(command, args, { env, cwd, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
    this.#child = child;
    let failure: string | undefined;
    child.once('error', (error) => {
      failure = error.message;
      this.#child = undefined;
    });
    this.#exited = new Promise((resolve) => {
      // Not `close`: a grandchild may keep the pipes open.
      child.once('exit', resolve);
      child.once('error', resolve);
    });
    if (child.pid !== undefined) this.#reaper.addProcess(child.pid);
    for (const stream of [child.stdout, child.stderr]) createInterface({ input: stream }).on('line', this.#take);

    let ready = false;
    child.once('exit', (code, signal) => {
      if (child.pid !== undefined) this.#reaper.removeProcess(child.pid);
      if (this.#child === child) this.#child = undefined;
      failure ??= signal === null ? `ended with code ${code ?? '?'}` : `was ended by ${signal}`;
      if (ready && !this.#expectedToEnd) this.#spec.onCrash?.(this, failure);
    });

    const deadline = Date.now() + this.#spec.readyWithin;
    for (;;) {
      if (failure !== undefined) {
        await sleep(LAST_WORDS_MS);
        throw new Error(`${name} ${failure}.\n${this.#quote()}`);
      }
      const answers = await this.#spec.isReady();
      // It may have ended while it was asked.
      if (answers && this.#child === child) break;
      if (Date.now() > deadline) {
        await this.kill9();
        throw new Error(`${name} was not ready within ${this.#spec.readyWithin / 1000} s.\n${this.#quote()}`);
      }
      await sleep(POLL_MS);
    }
    ready = true;
  }

  /** Asks it to stop (SIGTERM), and ends it when it does not within the time of its spec. */
  async stop(): Promise<void> {
    const child = this.#child;
    if (child === undefined) return;
    this.#expectedToEnd = true;
    child.kill('SIGTERM');
    const timer = setTimeout(() => {
      killGroup(child);
    }, this.#spec.stopWithin);
    await this.#exited;
    clearTimeout(timer);
  }

  /** Ends it at once, as a power cut would; the promise settles when it is gone. */
  async kill9(): Promise<void> {
    this.#expectedToEnd = true;
    if (this.#child !== undefined) killGroup(this.#child);
    await this.#exited;
  }

  /** Stops it when it runs, then starts it again on the same port and data. */
  async restart(): Promise<void> {
    await this.stop();
    await this.start();
  }

  readonly #take = (line: string): void => {
    this.#lines.push(line);
    if (this.#lines.length > KEPT_LINES) this.#lines.splice(0, KEPT_LINES / 2);
    this.#spec.onLine?.(line);
  };

  #quote(): string {
    return this.#lines
      .slice(-QUOTED_LINES)
      .map((line) => `  ${this.name} | ${line}`)
      .join('\n');
  }
}

/** Ends a process and what it started: it leads a process group of its own. */
function killGroup({ pid }: ChildProcess): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch (error) {
    // It went by itself in between.
    if (codeOf(error) !== 'ESRCH') throw error;
  }
}

/** Runs a program to its end; answers its output, or throws with the last lines of it. */
export async function run(
  command: string,
  args: readonly string[],
  options: { cwd: string; env?: NodeJS.ProcessEnv; onLine?: (line: string, from: 'stdout' | 'stderr') => void },
): Promise<string> {
  const child = spawn(command, args, {
    cwd: options.cwd,
    env: options.env ?? process.env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const lines: string[] = [];
  for (const from of ['stdout', 'stderr'] as const) {
    createInterface({ input: child[from] }).on('line', (line) => {
      lines.push(line);
      options.onLine?.(line, from);
    });
  }
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0) {
    throw new Error(
      `${[command, ...args].join(' ')} ended with ${code ?? 'a signal'}.\n${lines.slice(-20).join('\n')}`,
    );
  }
  return lines.join('\n');
}
