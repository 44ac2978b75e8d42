import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createOrganisation } from '#contracts/registration/structure.js';
import { temporaryFolder } from '#testing/temporary-folder.js';
import { DEMO_ORGANISATIONS } from '../../../../deploy/local/issuer/demo-people.ts';
import { type ExampleFile, writeExampleFiles } from '../../../../examples/files.ts';
import { ImportDesk } from '../test-support/import-files.js';
import {
  operator,
  personWith,
  type RunningRegistration,
  startRegistration,
} from '../test-support/running-registration.js';

let registration: RunningRegistration;
let files: ExampleFile[];
let removeFiles: () => unknown;
const organisationIds = new Map<string, string>();

beforeAll(async () => {
  const folder = temporaryFolder('examples');
  removeFiles = () => folder.remove();
  registration = await startRegistration();
  files = await writeExampleFiles(folder.path, new Date().toISOString().slice(0, 10));
  for (const { key, name, kind } of DEMO_ORGANISATIONS) {
    const { organisationId } = await registration.ask(operator, createOrganisation, { name, kind });
    organisationIds.set(key, organisationId);
  }
}, 60_000);

afterAll(async () => {
  await registration.close();
  await removeFiles();
});

function desk({ kind, organisation }: ExampleFile): ImportDesk {
  const organisationId = organisationIds.get(organisation) ?? '';
  return new ImportDesk(
    registration.ask,
    kind === 'places' ? operator : personWith('clientmanager', { organisationId }),
  );
}

describe('the example files', () => {
  it('are carried out as a whole, and once', async () => {
    const ordered = (['places', 'clients', 'stays'] as const).flatMap((kind) =>
      files.filter((file) => file.kind === kind),
    );
    for (const file of ordered) {
      const content = readFileSync(file.path);
      const { importId, rows, state, problem } = await desk(file).import(file.kind, content);
      expect({ state, problem, problems: await desk(file).problems(importId) }).toEqual({
        state: 'completed',
        problem: undefined,
        problems: [],
      });
      expect(rows).toMatchObject({ done: rows.total, refused: 0, errors: 0 });
    }
    const changes = await registration.facts('nl.doorstroom.registration.housing-situation-changed.v1');
    for (const file of ordered) {
      const { importId, rows } = await desk(file).import(file.kind, readFileSync(file.path));
      const different = (await desk(file).rows(importId)).filter(({ outcome }) => outcome !== 'unchanged');
      expect(different).toEqual([]);
      expect(rows).toMatchObject({ unchanged: rows.total, done: 0 });
    }
    expect(await registration.facts('nl.doorstroom.registration.housing-situation-changed.v1')).toHaveLength(
      changes.length,
    );
  }, 180_000);
});
