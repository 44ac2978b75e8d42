import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './managed-process.ts';
import { repositoryRoot } from './paths.ts';
import { Problem } from './problem.ts';
import { OIDC_CLIENT_ID, type SystemSettings } from './service-environment.ts';

/** Whether the demo data was loaded into this data folder before. */
export function isDemoLoaded(dataDir: string): boolean {
  return existsSync(marker(dataDir));
}

/**
 * Loads `examples/` through the doors of a running system. Repeatable: what is there already stays as it is.
 * @throws Problem with the reason in one line.
 */
export async function loadDemo(settings: SystemSettings, say: (line: string) => void): Promise<void> {
  const errors: string[] = [];
  const loading = run(process.execPath, ['examples/load.ts'], {
    cwd: repositoryRoot,
    env: {
      ...process.env,
      PUBLIC_URL: settings.publicUrl,
      OIDC_ISSUER: settings.issuerUrl,
      OIDC_CLIENT_ID,
      OIDC_CLIENT_SECRET: settings.secrets.oidcClientSecret,
    },
    onLine: (line, from) => {
      if (from === 'stdout') say(line);
      else errors.push(line);
    },
  });
  await loading.catch(() => {
    throw new Problem(reasonIn(errors));
  });
}

/** The line of a stack trace that says what went wrong. */
function reasonIn(lines: readonly string[]): string {
  const said = lines.find((line) => /^(\w*Error|\[?\w*Error.*\]?): /.test(line)) ?? lines.at(-1);
  return (said ?? 'it ended without a word').replace(/^\w*Error: /, '').slice(0, 300);
}

/** Remembers that the demo data is loaded. */
export function rememberDemo(dataDir: string): void {
  writeFileSync(marker(dataDir), '');
}

function marker(dataDir: string): string {
  return join(dataDir, 'demo-loaded');
}
