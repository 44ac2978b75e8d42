import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot } from '../local/paths.ts';
import { Problem, runMain } from '../local/problem.ts';
import { writeSecrets } from './secret-files.ts';

const FOLDER = 'deploy/docker/secrets';
const SETTINGS = [
  '# Settings of docker-compose.yml; secrets stand in the folder below, one file each. Neither goes into git.',
  `SECRETS_DIR=./${FOLDER}`,
  '# Where browsers find the system, https.',
  'PUBLIC_URL=',
  '# The OpenID provider and the client that it knows; its secret: OIDC_CLIENT_SECRET=… npm run compose:secrets',
  'OIDC_ISSUER=',
  'OIDC_CLIENT_ID=',
  '# Subject, at the OpenID provider, of the first operator.',
  'BOOTSTRAP_OPERATOR_SUBJECT=',
];

/** `npm run compose:secrets`: makes what docker-compose.yml needs and is no part of it. Repeatable: nothing is replaced. */
await runMain(() => {
  const folder = join(repositoryRoot, FOLDER);
  const made = writeSecretsIn(folder);
  const settings = join(repositoryRoot, '.env');
  const isNew = !existsSync(settings);
  if (isNew) writeFileSync(settings, `${SETTINGS.join('\n')}\n`, { mode: 0o600 });
  else if (!readFileSync(settings, 'utf8').includes('SECRETS_DIR=')) {
    throw new Problem(`.env names no secrets; add this line to it: SECRETS_DIR=./${FOLDER}`);
  }
  console.log(made.length === 0 ? `All secrets were there in ${FOLDER}.` : `Made in ${FOLDER}: ${made.join(', ')}.`);
  if (isNew) console.log('Fill in the settings in .env.');
  if (readFileSync(join(folder, 'oidc_client_secret'), 'utf8').trim() === '') {
    console.log('The secret of the OpenID client is empty: OIDC_CLIENT_SECRET=… npm run compose:secrets');
  }
  return Promise.resolve();
});

function writeSecretsIn(folder: string): string[] {
  const given = process.env['OIDC_CLIENT_SECRET'];
  try {
    return writeSecrets(folder, given === '' ? undefined : given);
  } catch (error) {
    throw new Problem(`The secrets could not be written: ${error instanceof Error ? error.message : String(error)}`);
  }
}
