import { findOnPath } from './paths.ts';
import { run } from './managed-process.ts';

const PROGRAMS = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/**
 * The Chromium for the browser tests: CHROMIUM_PATH, one on the PATH, or, for root on Debian and its relatives, the
 * package `chromium`, installed now. Undefined, after saying why, when there is none.
 */
export async function findChromium(say: (line: string) => void): Promise<string | undefined> {
  const named = process.env['CHROMIUM_PATH'] ?? '';
  if (named !== '') return named;
  const found = onPath();
  if (found !== undefined) return found;
  const aptGet = findOnPath('apt-get');
  if (aptGet !== undefined && process.getuid?.() === 0) {
    say('installing the package chromium for the browser tests (once)');
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    await run(aptGet, ['update', '-qq'], { cwd: '/', env });
    await run(aptGet, ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], { cwd: '/', env });
    return onPath();
  }
  say('No Chromium for the browser tests: install chromium, or set CHROMIUM_PATH.');
  return undefined;
}

function onPath(): string | undefined {
  for (const program of PROGRAMS) {
    const found = findOnPath(program);
    if (found !== undefined) return found;
  }
  return undefined;
}
