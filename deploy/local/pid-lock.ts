import { linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { codeOf } from './problem.ts';

export interface LockHolder {
  readonly pid: number;
  /** What the holder wrote about itself. */
  readonly note: string;
}

/** Takes the lock file, or answers who holds it. The file of a process that is gone counts as free. */
export function takeLock(file: string, note = ''): LockHolder | undefined {
  // Written first and then given its name, so that nobody ever reads a half-written lock.
  const own = `${file}.${process.pid}`;
  writeFileSync(own, `${process.pid}\n${commandOf(process.pid)}\n${note}`);
  try {
    for (;;) {
      if (linked(own, file)) return undefined;
      const holder = readHolder(file);
      if (holder !== undefined) return holder;
      rmSync(file, { force: true });
    }
  } finally {
    rmSync(own, { force: true });
  }
}

function linked(own: string, file: string): boolean {
  try {
    linkSync(own, file);
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  }
}

/** Gives the lock back; only the holder may call it. */
export function releaseLock(file: string): void {
  rmSync(file, { force: true });
}

/** Runs `work` while holding the lock file, waiting for as long as another process holds it. */
export async function withLock<T>(file: string, work: () => Promise<T>): Promise<T> {
  while (takeLock(file) !== undefined) await sleep(200);
  try {
    return await work();
  } finally {
    releaseLock(file);
  }
}

function readHolder(file: string): LockHolder | undefined {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
  const [pidText = '', command = '', ...note] = text.split('\n');
  const pid = Number(pidText);
  if (!Number.isInteger(pid) || pid <= 0 || !isAlive(pid)) return undefined;
  // A process id is given out again after a reboot or in a new container: then another command has it.
  return commandOf(pid) === command ? { pid, note: note.join('\n') } : undefined;
}

/** Whether a process with this id runs, whoever owns it. One that ended and waits to be cleared away does not. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !isZombie(pid);
  } catch (error) {
    return codeOf(error) === 'EPERM';
  }
}

/** Where the system tells it (Linux); in a container nobody may clear away what ended. */
function isZombie(pid: number): boolean {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // `pid (command) state …`, where the command may hold anything.
    return stat.slice(stat.lastIndexOf(')') + 2).startsWith('Z');
  } catch {
    return false;
  }
}

/** The command line of a process where the system tells it (Linux), else always the same text. */
function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').replaceAll('\n', ' ');
  } catch {
    return '';
  }
}
