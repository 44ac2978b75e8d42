import { globSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';

const SRC = resolve(import.meta.dirname, '..');
const FILES = globSync('{features/*,i18n/*}/messages.{nl,en}.ts', { cwd: SRC }).sort();

/** Words that no colleague would say (ui.md, Words), and the formal address. */
const AVOIDED = /\b(u|uw|uzelf|gelieve|entiteit|record|betreffende|dient te|middels)\b/i;

describe('the words of the app', () => {
  it('are there in both languages, feature by feature', () => {
    const dutch = FILES.filter((file) => file.endsWith('.nl.ts'));
    expect(dutch.length).toBeGreaterThan(5);
    expect(FILES.filter((file) => file.endsWith('.en.ts'))).toEqual(dutch.map((file) => file.replace('.nl.', '.en.')));
  });

  it.each(FILES.filter((file) => file.endsWith('.nl.ts')))('say je, as a colleague would: %s', (file) => {
    const lines = readFileSync(join(SRC, file), 'utf8').split('\n');
    // What stands between quotes; names of fields are no words for people.
    expect(lines.filter((line) => (line.match(/['"`].*['"`]/) ?? []).some((text) => AVOIDED.test(text)))).toEqual([]);
  });
});
