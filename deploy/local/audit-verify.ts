import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildServer } from './build.ts';
import { urlOf } from './engines.ts';
import { repositoryRoot } from './paths.ts';
import { Problem, runMain } from './problem.ts';
import type { Secrets } from './secrets.ts';
import { startSettings } from './start-settings.ts';

const ENTRY = 'dist/apps/audit/src/verify.js';

/**
 * `npm run -s audit:verify`: walks the access log and prints the outcome as JSON. Knows a running `npm start` by its
 * DATA_DIR; MONGO_URL and AUDIT_SEAL_KEY name another. Where only the built files are, run `node ${ENTRY}` with these.
 */
await runMain(async () => {
  const env = environment(process.env);
  await buildServer();
  const { status } = spawnSync(process.execPath, [join(repositoryRoot, ENTRY)], { env, stdio: 'inherit' });
  process.exitCode = status ?? 2;
});

function environment(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  if (env['MONGO_URL'] !== undefined && env['AUDIT_SEAL_KEY'] !== undefined) return env;
  const { dataDir } = startSettings(env, repositoryRoot);
  const files = { secrets: join(dataDir, 'secrets.json'), ports: join(dataDir, 'ports.json') };
  if (!existsSync(files.secrets) || !existsSync(files.ports)) {
    throw new Problem(`Doorstroom was never started with data in ${dataDir}; run npm start first.`);
  }
  const { auditSealKey } = JSON.parse(readFileSync(files.secrets, 'utf8')) as Secrets;
  const { mongo } = JSON.parse(readFileSync(files.ports, 'utf8')) as { mongo: number };
  return { ...env, MONGO_URL: env['MONGO_URL'] ?? urlOf('mongo', mongo), AUDIT_SEAL_KEY: auditSealKey };
}
