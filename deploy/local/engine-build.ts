import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { rustEngine } from './engine-choice.ts';
import { run } from './managed-process.ts';
import { cacheFolder, findOnPath } from './paths.ts';
import { Problem, runMain } from './problem.ts';
import { Progress } from './progress.ts';

const CRATE = ['secantus-mdb', '--version', '0.5.3-beta.196'];

/** `npm run engine:build`: compiles the faster database engine once (8–20 minutes on two cores). */
async function engineBuild(): Promise<void> {
  if (existsSync(rustEngine())) {
    console.log(`The engine is there already: ${rustEngine()}`);
    return;
  }
  for (const program of ['cargo', 'cmake', 'cc']) {
    if (findOnPath(program) === undefined) throw new Problem(`${program} is needed to build the engine.`);
  }
  await new Progress().step('build the database engine', (say) =>
    run(
      'cargo',
      ['install', ...CRATE, '--locked', '--ignore-rust-version', '--root', join(cacheFolder(), 'engine-rs')],
      { cwd: '/', onLine: say },
    ),
  );
}

await runMain(engineBuild);
