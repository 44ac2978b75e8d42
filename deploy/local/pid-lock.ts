import { closeSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

export interface LockHolder {
  readonly pid: number;
  /** What the holder wrote about itself. */
  readonly note: string;
}

/** Takes the lock file, or answers who holds it. The file of a process that is gone counts as free. */
export function takeLock(file: string, note = ''): LockHolder | undefined {
  for (;;) {
    try {
      const handle = openSync(file, 'wx', 0o644);
      writeSync(handle, `${process.pid}\n${commandOf(process.pid)}\n${note}`);
      closeSync(handle);
      return undefined;
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    }
    const holder = readHolder(file);
    if (holder !== undefined) return holder;
    rmSync(file, { force: true });
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

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
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
