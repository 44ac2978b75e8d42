import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { buildWeb } from '../../../deploy/local/build.ts';
import { repositoryRoot } from '../../../deploy/local/paths.ts';

/** The most script that the first view may take, compressed (decision 3). */
const MOST_BYTES = 200_000;

const BUILT = join(repositoryRoot, 'dist/web');
const ASSETS = join(BUILT, 'assets');

/** Scripts that a script cannot do without: its static imports, and theirs. */
function withImports(files: readonly string[]): string[] {
  const needed = new Set(files);
  for (const file of needed) {
    const code = readFileSync(join(ASSETS, file), 'utf8');
    for (const [, found] of code.matchAll(/(?:from|import)\s*["'`]\.\/([\w.-]+\.js)["'`]/g)) needed.add(found ?? '');
  }
  return [...needed];
}

const compressed = (file: string): number => gzipSync(readFileSync(join(ASSETS, file)), { level: 6 }).length;

/** What is fetched before somebody who signed in sees Vandaag: the app, the page, and two files of messages. */
function firstView(): string[] {
  const built = readdirSync(ASSETS).filter((name) => name.endsWith('.js'));
  const page = built.filter((name) => name.startsWith('today-page-'));
  const messages = built.filter((name) => name.startsWith('messages.nl-'));
  const largest = messages.sort((a, b) => compressed(b) - compressed(a)).slice(0, 2);
  const html = readFileSync(join(BUILT, 'index.html'), 'utf8');
  const entries = [...html.matchAll(/(?:src|href)="\/assets\/([^"]+\.js)"/g)].map(([, name = '']) => name);
  if (page.length !== 1 || largest.length !== 2 || entries.length === 0) throw new Error('the build looks otherwise');
  return withImports([...entries, ...page, ...largest]);
}

describe('the first view', () => {
  beforeAll(() => buildWeb(), 120_000);

  it('takes less than 200 KB of compressed script', () => {
    const sizes = firstView().map((file) => ({ file, bytes: compressed(file) }));
    expect(sizes.length).toBeGreaterThan(5);
    expect(sizes.reduce((sum, { bytes }) => sum + bytes, 0)).toBeLessThan(MOST_BYTES);
  });

  it('leaves the calendar, what draws charts, and the other pages for later', () => {
    const files = firstView();
    for (const name of ['date-calendar', 'engine', 'bed-nights-page', 'clients-page', 'organisations-page']) {
      expect(readdirSync(ASSETS).some((file) => file.startsWith(`${name}-`))).toBe(true);
      expect(files.filter((file) => file.startsWith(`${name}-`))).toEqual([]);
    }
  });
});
