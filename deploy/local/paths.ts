import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';

/** The top of the repository. */
export const repositoryRoot = resolve(import.meta.dirname, '../..');

/** Where engines are kept between clones: `$XDG_CACHE_HOME/doorstroom`, else `~/.cache/doorstroom`. */
export function cacheFolder(): string {
  const base = process.env['XDG_CACHE_HOME'];
  return join(base === undefined || base === '' ? join(homedir(), '.cache') : base, 'doorstroom');
}

/** The full path of a program on the PATH; undefined when it is not there. */
export function findOnPath(program: string, path = process.env['PATH'] ?? ''): string | undefined {
  return path
    .split(delimiter)
    .filter((folder) => folder !== '')
    .map((folder) => join(folder, program))
    .find((candidate) => existsSync(candidate));
}
