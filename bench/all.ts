import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

/** `npm run bench`: every bench, one after the other, each in a process and on engines of its own. */
const BENCHES = [
  'melding-latency',
  'housing-changes',
  'whole-system',
  'client-file',
  'audit-log',
  'zrm-lists',
  'deadlines',
];

for (const name of BENCHES) {
  console.log(`\n${name}`);
  const child = spawn(process.execPath, [join(import.meta.dirname, `${name}.ts`)], { stdio: 'inherit' });
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0) process.exitCode = 1;
}
