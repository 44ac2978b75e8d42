import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './managed-process.ts';
import { repositoryRoot } from './paths.ts';
import { OIDC_CLIENT_ID, type SystemSettings } from './service-environment.ts';

/** Whether the demo data was loaded into this data folder before. */
export function isDemoLoaded(dataDir: string): boolean {
  return existsSync(marker(dataDir));
}

/** Loads `examples/` through the doors of a running system. Repeatable: what is there already stays as it is. */
export async function loadDemo(settings: SystemSettings, say: (line: string) => void): Promise<void> {
  await run(process.execPath, ['examples/load.ts'], {
    cwd: repositoryRoot,
    env: {
      ...process.env,
      PUBLIC_URL: settings.publicUrl,
      OIDC_ISSUER: settings.issuerUrl,
      OIDC_CLIENT_ID,
      OIDC_CLIENT_SECRET: settings.secrets.oidcClientSecret,
    },
    onLine: say,
  });
}

/** Remembers that the demo data is loaded. */
export function rememberDemo(dataDir: string): void {
  writeFileSync(marker(dataDir), '');
}

function marker(dataDir: string): string {
  return join(dataDir, 'demo-loaded');
}
