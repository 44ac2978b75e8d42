import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { demoAccessToken, type TokenSource } from './issuer/access-token.ts';
import { repositoryRoot } from './paths.ts';
import { Problem, runMain } from './problem.ts';
import type { Secrets } from './secrets.ts';
import { startSettings } from './start-settings.ts';

/**
 * `npm run -s token -- <demo person>`: prints an access token and nothing else, for use with curl. Knows a running
 * `npm start` by the same PORT and DATA_DIR; OIDC_ISSUER and OIDC_CLIENT_SECRET name another.
 */
await runMain(async () => {
  console.log(await demoAccessToken(process.argv[2] ?? '', tokenSource(process.env)));
});

function tokenSource(env: NodeJS.ProcessEnv): TokenSource {
  const { port, dataDir } = startSettings(env, repositoryRoot);
  const issuer = env['OIDC_ISSUER'] ?? `http://localhost:${port + 1}`;
  const given = env['OIDC_CLIENT_SECRET'];
  if (given !== undefined) return { issuer, clientSecret: given };
  const file = join(dataDir, 'secrets.json');
  if (!existsSync(file))
    throw new Problem(`Doorstroom was never started with data in ${dataDir}; run npm start first.`);
  const { oidcClientSecret } = JSON.parse(readFileSync(file, 'utf8')) as Secrets;
  return { issuer, clientSecret: oidcClientSecret };
}
