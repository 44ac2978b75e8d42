import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';

import { permissionOperations } from '#contracts/permissions.js';

import { ADMIN_PAGES, NAVIGATION, PLACES_PAGES, ZRM_PAGES } from './navigation.js';

const APP = import.meta.dirname;
const SRC = resolve(APP, '..');

const read = (file: string): string => readFileSync(file, 'utf8');

/** The source behind a relative import; undefined for packages, styles and what the app shares. */
function sourceOf(importer: string, specifier: string): string | undefined {
  const file = join(dirname(importer), specifier.replace(/\.js$/, ''));
  return ['.ts', '.tsx'].map((ending) => file + ending).find((candidate) => existsSync(candidate));
}

/** A page and the parts of features that it is made of. */
function partsOf(page: string): string[] {
  const parts = new Set([page]);
  for (const part of parts) {
    for (const [, specifier = ''] of read(part).matchAll(/from '(\.[^']+)'/g)) {
      const source = sourceOf(part, specifier);
      if (source?.startsWith(join(SRC, 'features')) === true) parts.add(source);
    }
  }
  return [...parts];
}

/** The addresses in the functions of src/api that a part imports by name, with `{}` for what is filled in. */
function askedBy(part: string): string[] {
  const asked = [...read(part).matchAll(/import \{([^}]+)\} from '([^']*\/api\/[^']+)'/g)].flatMap(
    ([, names = '', specifier = '']) => {
      const api = sourceOf(part, specifier);
      if (api === undefined) throw new Error(`${part} imports ${specifier}, which is not there`);
      const wanted = names.split(',').map((name) => name.trim());
      // What a definition needs of its own file (`on(melding)`, a helper) counts with it.
      return read(api)
        .split(/\n(?=export |const |function |async function )/)
        .filter((definition) => wanted.some((name) => new RegExp(`(const|function) ${name}\\b`).test(definition)))
        .flatMap((definition) => [...definition.matchAll(/['`](\/v1\/[^'`?]*)['`]/g)].map(([, path = '']) => path));
    },
  );
  return asked.map((path) => path.replaceAll(/\$\{[^}]*\}/g, '{}'));
}

/** Which page stands behind an address, from the router. */
function pageAt(address: string): string {
  const router = join(APP, 'router.tsx');
  const path = address.slice(1);
  const pattern =
    path === ''
      ? /index: true,[\s\S]*?import\('([^']+)'\)/
      : new RegExp(`page\\(\\s*'${path}',\\s*\\(\\) => import\\('([^']+)'\\)`);
  const [, specifier] = pattern.exec(read(router)) ?? [];
  const page = specifier === undefined ? undefined : sourceOf(router, specifier);
  if (page === undefined) throw new Error(`no page at ${address}`);
  return page;
}

const entries = [
  ...NAVIGATION.filter(({ key }) => key === 'today' || key === 'clients'),
  ...PLACES_PAGES,
  ...ZRM_PAGES,
  ...ADMIN_PAGES.map((page) => ({ ...page, needs: [page.needs] })),
];

describe('the navigation', () => {
  it.each(entries.map(({ to, needs }) => ({ to, needs })))(
    'offers $to to who may use what that page asks for',
    ({ to, needs }) => {
      const asked = new Set(partsOf(pageAt(to)).flatMap(askedBy));
      const operations = needs.map((permission) => permissionOperations[permission]);
      const paths = operations.map((operation) => operation.replace(/^[A-Z]+ /, '').replaceAll(/\{[^}]*\}/g, '{}'));
      for (const path of paths) expect([...asked]).toContain(path);
    },
  );

  it('offers every part of Plekken, ZRM and Beheer to somebody', () => {
    const [places, zrm, admin] = ['places', 'zrm', 'admin'].map((part) => NAVIGATION.find(({ key }) => key === part));
    expect(new Set(places?.needs)).toEqual(new Set(PLACES_PAGES.flatMap(({ needs }) => [...needs])));
    expect(new Set(zrm?.needs)).toEqual(new Set(ZRM_PAGES.flatMap(({ needs }) => [...needs])));
    expect(new Set(admin?.needs)).toEqual(new Set(ADMIN_PAGES.map(({ needs }) => needs)));
  });
});
