import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import specifications from '@asyncapi/specs';
import { describe, expect, it } from '@jest/globals';
import { Ajv } from 'ajv';
import { repositoryRoot } from '../local/paths.js';
import { catalogue } from './catalogue.js';

const made = catalogue();
const asyncApi = JSON.parse(made['docs/api/asyncapi.json']!) as {
  channels: Record<string, { address: string }>;
  components: { schemas: Record<string, object> };
};

describe('the catalogue', () => {
  it.each(Object.keys(made))('%s is up to date (npm run catalogue)', (path) => {
    expect(readFileSync(join(repositoryRoot, path), 'utf8')).toBe(made[path]);
  });

  it('knows every fact that a contract defines', () => {
    const sources = globSync('libs/contracts/src/**/*.ts', { cwd: repositoryRoot })
      .filter((file) => !file.endsWith('.spec.ts'))
      .map((file) => readFileSync(join(repositoryRoot, file), 'utf8'));
    const types = sources.flatMap((text) => [...text.matchAll(/defineFact\('([^']+)'/g)].map(([, type]) => type));
    expect(types.length).toBeGreaterThan(5);
    for (const type of types) expect(made['docs/events.md']).toContain(`\`${type}\``);
    expect(Object.keys(asyncApi.channels)).toHaveLength(types.length);
  });
});

describe('the AsyncAPI document', () => {
  it('is valid by the official schema', () => {
    // The schema brings its own copy of the meta-schema.
    const ajv = new Ajv({ strict: false, allErrors: true, meta: false, validateSchema: false, validateFormats: false });
    const validate = ajv.compile(specifications.schemas['3.0.0']);
    validate(asyncApi);
    expect(validate.errors ?? []).toEqual([]);
  });

  it('describes events so that a real one fits and a broken one does not', () => {
    const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: false });
    const validate = ajv.compile({ ...asyncApi, $ref: '#/components/schemas/HousingSituationChangedEvent' });
    const event = {
      specversion: '1.0',
      id: '0192f6a8-0000-7000-8000-00000000e001',
      source: 'urn:nld:doorstroom:registration',
      type: 'nl.doorstroom.registration.housing-situation-changed.v1',
      subject: 'client-1',
      time: '2026-03-01T09:00:00.000Z',
      datacontenttype: 'application/json',
      partitionkey: 'client-1',
      sequence: '3',
      data: {
        clientId: 'client-1',
        changeId: 'change-1',
        version: 3,
        kind: 'departure',
        effectiveOn: '2026-03-01',
        recordedAt: '2026-03-01T09:00:00.000Z',
        recordedBy: 'johan',
        channel: 'person',
        reasons: { departure: 'own-choice' },
      },
    };
    expect(validate(event)).toBe(true);
    expect(validate({ ...event, data: { ...event.data, kind: 'vanished' } })).toBe(false);
    expect(validate({ ...event, data: { ...event.data, effectiveOn: '1 March' } })).toBe(false);
    expect(validate({ ...event, sequence: 3 })).toBe(false);
    expect(validate({ ...event, type: 'nl.doorstroom.registration.client-changed.v1' })).toBe(false);
  });
});
