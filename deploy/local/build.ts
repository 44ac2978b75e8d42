import { createHash } from 'node:crypto';
import { existsSync, globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { run } from './managed-process.ts';
import { repositoryRoot } from './paths.ts';
import { withLock } from './pid-lock.ts';
import { Problem } from './problem.ts';

interface Build {
  readonly script: string;
  /** Everything that the result depends on. */
  readonly sources: readonly string[];
  /** Stands in the result, so that removing the result removes it too. */
  readonly stamp: string;
}

const SERVER: Build = {
  script: 'build:server',
  sources: ['apps/!(web)/**/*.ts', 'libs/**/*.ts', '.swcrc', 'package.json'],
  stamp: 'dist/.sources',
};
const WEB: Build = {
  script: 'build:web',
  sources: ['apps/web/**/*', 'libs/contracts/**/*.ts', 'package-lock.json'],
  stamp: 'apps/web/dist/.sources',
};

/** Compiles the services when their sources changed since the last time; answers whether it did. */
export function buildServer(): Promise<boolean> {
  return build(SERVER);
}

/** Bundles the web app when its sources changed since the last time; answers whether it did. */
export function buildWeb(): Promise<boolean> {
  return build(WEB);
}

async function build({ script, sources, stamp }: Build): Promise<boolean> {
  const stampFile = join(repositoryRoot, stamp);
  if (readIfThere(stampFile) === hashOf(sources)) return false;
  const folder = join(repositoryRoot, 'node_modules/.cache');
  mkdirSync(folder, { recursive: true });
  return withLock(join(folder, `${script.replace(':', '-')}.lock`), async () => {
    // Another process may have built it while this one waited. The hash is taken before: what changes meanwhile
    // is built the next time.
    const hash = hashOf(sources);
    if (readIfThere(stampFile) === hash) return false;
    // From a test NODE_ENV would be `test`, and the bundle that of development: a third larger.
    const env = { ...process.env, NODE_ENV: 'production' };
    await run('npm', ['run', '--silent', script], { cwd: repositoryRoot, env }).catch((error: unknown) => {
      throw new Problem(error instanceof Error ? error.message : String(error));
    });
    mkdirSync(dirname(stampFile), { recursive: true });
    writeFileSync(stampFile, hash);
    return true;
  });
}

function hashOf(patterns: readonly string[]): string {
  const hash = createHash('sha256');
  const ignored = (name: string): boolean => name === 'dist' || name === 'node_modules' || name.endsWith('.spec.ts');
  for (const entry of globSync([...patterns], {
    cwd: repositoryRoot,
    withFileTypes: true,
    exclude: (e) => ignored(e.name),
  })
    .filter((found) => found.isFile())
    .map((found) => join(found.parentPath, found.name))
    .sort()) {
    hash.update(entry).update('\0').update(readFileSync(entry)).update('\0');
  }
  return hash.digest('hex');
}

function readIfThere(file: string): string | undefined {
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}
