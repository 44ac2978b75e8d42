import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { buildServer } from '../local/build.ts';
import { repositoryRoot } from '../local/paths.ts';
import { runMain } from '../local/problem.ts';

/** `npm run catalogue`: writes what is generated from the contracts into docs. */
await runMain(async () => {
  await buildServer();
  // Only now: it reads the contracts as they were just built.
  const { catalogue } = await import('./catalogue.ts');
  for (const [path, text] of Object.entries(catalogue())) {
    mkdirSync(dirname(join(repositoryRoot, path)), { recursive: true });
    writeFileSync(join(repositoryRoot, path), text);
    console.log(path);
  }
});
