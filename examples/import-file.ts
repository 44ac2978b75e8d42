import { setTimeout as pause } from 'node:timers/promises';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import type { Api } from './api.ts';
import type { ExampleFile } from './files.ts';

interface Import {
  importId: string;
  state: string;
  rows: { total: number; done: number; refused: number; errors: number };
}

/** Where each kind of file goes in. */
const DOORS = {
  places: '/v1/imports',
  clients: '/v1/imports',
  stays: '/v1/imports',
  zrms: '/v1/zrm-imports',
} as const satisfies Record<ExampleFile['kind'], string>;

/** Uploads a file, waits for the preview, lets it be carried out, and waits for the end. @throws when a row is refused */
export async function importFile(api: Api, file: ExampleFile, say: (line: string) => void): Promise<void> {
  const name = basename(file.path);
  const door = DOORS[file.kind];
  // Another content is another request; the rows themselves are recognised.
  const key = createHash('sha256').update(readFileSync(file.path)).digest('hex');
  const { importId } = await api.upload<Import>(door, file.path, { kind: file.kind }, key);
  const at = `${door}/${importId}`;
  const preview = await until(api, at, ['previewed', 'completed']);
  if (preview.rows.errors > 0) throw new Error(`${name}: ${preview.rows.errors} rows have errors in the preview`);
  if (preview.state === 'previewed') await api.post(`${at}/commit`, {});
  const done = await until(api, at, ['completed']);
  if (done.rows.refused > 0) throw new Error(`${name}: ${done.rows.refused} rows were refused`);
  say(`${name}: ${done.rows.done} rows`);
}

async function until(api: Api, at: string, states: readonly string[]): Promise<Import> {
  for (let waited = 0; waited < 1_200; waited += 1) {
    const current = await api.get<Import>(at);
    if (states.includes(current.state)) return current;
    if (['failed', 'cancelled'].includes(current.state)) throw new Error(`import ${at} is ${current.state}`);
    await pause(250);
  }
  throw new Error(`import ${at} takes longer than five minutes`);
}
