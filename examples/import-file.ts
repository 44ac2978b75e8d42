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

/** Uploads a file, waits for the preview, lets it be carried out, and waits for the end. @throws when a row is refused */
export async function importFile(api: Api, file: ExampleFile, say: (line: string) => void): Promise<void> {
  const name = basename(file.path);
  // Another content is another request; the rows themselves are recognised.
  const key = createHash('sha256').update(readFileSync(file.path)).digest('hex');
  const { importId } = await api.upload<Import>('/v1/imports', file.path, { kind: file.kind }, key);
  const preview = await until(api, importId, ['previewed', 'completed']);
  if (preview.rows.errors > 0) throw new Error(`${name}: ${preview.rows.errors} rows have errors in the preview`);
  if (preview.state === 'previewed') await api.post(`/v1/imports/${importId}/commit`, {});
  const done = await until(api, importId, ['completed']);
  if (done.rows.refused > 0) throw new Error(`${name}: ${done.rows.refused} rows were refused`);
  say(`${name}: ${done.rows.done} rows`);
}

async function until(api: Api, importId: string, states: readonly string[]): Promise<Import> {
  for (let waited = 0; waited < 1_200; waited += 1) {
    const current = await api.get<Import>(`/v1/imports/${importId}`);
    if (states.includes(current.state)) return current;
    if (['failed', 'cancelled'].includes(current.state)) throw new Error(`import ${importId} is ${current.state}`);
    await pause(250);
  }
  throw new Error(`import ${importId} takes longer than five minutes`);
}
