import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { constants } from 'node:os';
import { join } from 'node:path';
import { buildServer, buildWeb } from './build.ts';
import { findChromium } from './chromium.ts';
import { chooseMongo, chooseNats, chooseRedis } from './engine-choice.ts';
import { onStop } from './on-stop.ts';
import { repositoryRoot } from './paths.ts';
import { runMain } from './problem.ts';
import { Progress } from './progress.ts';
import { testSelection } from './test-selection.ts';

/** `npm test [-- unit|int|system] [Jest's own arguments]`: needs no running system and leaves nothing behind. */
async function test(): Promise<void> {
  const selection = testSelection(process.argv.slice(2));
  const progress = new Progress();
  await progress.step('find the engines', async (say) => {
    await chooseMongo(process.env, process.env['DOORSTROOM_ENGINE'], say);
    await chooseNats({}, say);
    await chooseRedis({}, say);
  });
  let chromium: string | undefined;
  if (selection.wholeSystem) {
    chromium = await progress.step('find Chromium', (say) => findChromium(say));
    await runMain(async () => {
      await progress.step('build the services', () => buildServer());
      await progress.step('build the web app', () => buildWeb());
    });
  }
  // After a failed build the other tests still tell something; the exit code keeps the failure.
  for (const args of selection.runs) {
    const code = await jest(args, chromium === undefined ? {} : { CHROMIUM_PATH: chromium });
    process.exitCode = Math.max(code, Number(process.exitCode ?? 0));
  }
}

async function jest(args: readonly string[], extra: Record<string, string>): Promise<number> {
  const child = spawn(process.execPath, [join(repositoryRoot, 'node_modules/jest/bin/jest.js'), ...args], {
    cwd: repositoryRoot,
    stdio: 'inherit',
    env: {
      ...process.env,
      ...extra,
      NODE_OPTIONS: '--experimental-vm-modules --disable-warning=ExperimentalWarning',
    },
  });
  onStop((signal) => {
    // Ctrl-C in a terminal reaches Jest by itself; any other signal came to this process alone.
    if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
  });
  const [code, signal] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null];
  return code ?? 128 + (signal === null ? 0 : constants.signals[signal]);
}

await runMain(test);
