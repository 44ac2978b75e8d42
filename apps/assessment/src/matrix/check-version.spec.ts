import { describe, expect, it } from '@jest/globals';
import { checkVersion } from './check-version.js';
import { knownVersions } from './known-versions.js';
import { zrm2017 } from './versions/zrm-2017.js';

const problemsOf = (data: unknown) => {
  const checked = checkVersion(data);
  return checked.outcome === 'valid' ? [] : checked.problems.map(({ path, code }) => `${path}: ${code}`);
};
const [first, second, ...rest] = zrm2017.domains;
const withDomains = (...domains: readonly unknown[]) => ({ ...zrm2017, domains: [...domains, ...rest] });

describe('the versions that we ship', () => {
  it.each(knownVersions.map((version) => [version.code, version] as const))('%s is valid', (_code, version) => {
    expect(problemsOf(JSON.parse(JSON.stringify(version)))).toEqual([]);
  });

  it('have the domains of domain.md §4, in order', () => {
    const names = knownVersions.map(({ domains }) => domains.map(({ name }) => name.nl));
    expect(names.map((list) => list.length)).toEqual([11, 11, 13, 4]);
    expect(names[2]).toEqual([
      'Financiën',
      'Werk & Opleiding',
      'Tijdsbesteding',
      'Huisvesting',
      'Huiselijke relaties',
      'Geestelijke gezondheid',
      'Lichamelijke gezondheid',
      'Middelengebruik',
      'Basale ADL',
      'Instrumentele ADL',
      'Sociaal netwerk',
      'Maatschappelijke participatie',
      'Justitie',
    ]);
    expect(names[0]?.filter((name) => !names[1]?.includes(name))).toEqual([
      'Inkomen',
      'Gezinsrelaties',
      'Fysieke gezondheid',
      'ADL vaardigheden',
    ]);
  });

  it('say that their texts are not the official ones, and keep them short', () => {
    for (const { texts, domains } of knownVersions) {
      expect(texts).toBe('unofficial');
      for (const { nl, en } of domains.flatMap(({ cells }) => Object.values(cells))) {
        expect(nl.length).toBeLessThanOrEqual(60);
        expect(en.length).toBeLessThanOrEqual(60);
      }
    }
  });

  it('share no domain code between the matrix and a supplement', () => {
    const core = new Set(
      knownVersions.filter(({ kind }) => kind === 'core').flatMap((v) => v.domains.map((d) => d.code)),
    );
    const extra = knownVersions
      .filter(({ kind }) => kind === 'supplement')
      .flatMap((v) => v.domains.map((d) => d.code));
    expect(extra.filter((code) => core.has(code))).toEqual([]);
  });
});

describe('data of a version', () => {
  it.each([
    ['nothing', null, [': field-required']],
    ['a list', [], [': field-required']],
    ['a code with capitals', { ...zrm2017, code: 'ZRM 2017' }, ['code: zrm-code-form']],
    ['an unknown kind', { ...zrm2017, kind: 'main' }, ['kind: code-unknown']],
    ['no domains', { ...zrm2017, domains: [] }, ['domains: field-required']],
    ['four levels', { ...zrm2017, levels: { 1: first?.name } }, ['levels: zrm-levels-not-five']],
    ['six levels', { ...zrm2017, levels: { ...zrm2017.levels, 6: first?.name } }, ['levels: zrm-levels-not-five']],
    [
      'an empty name',
      withDomains({ ...first, name: { nl: ' ', en: 'x' } }, second),
      ['domains[0].name.nl: field-required'],
    ],
    [
      'an empty cell',
      withDomains(first, { ...second, cells: { ...second?.cells, 3: { nl: 'x', en: '' } } }),
      ['domains[1].cells.3.en: field-required'],
    ],
    ['a code twice', withDomains(first, { ...second, code: first?.code }), ['domains[1].code: zrm-code-twice']],
    [
      'a name twice, but for a capital and a space',
      withDomains(first, { ...second, name: { nl: ' financiën ', en: 'Other' } }),
      ['domains[1].name.nl: zrm-name-twice'],
    ],
  ])('with %s is refused', (_what, data, problems) => {
    expect(problemsOf(data)).toEqual(problems);
  });

  it('with several faults names them all', () => {
    expect(problemsOf({ ...zrm2017, code: '', kind: 'x', texts: 'y' })).toEqual([
      'code: field-required',
      'kind: code-unknown',
      'texts: code-unknown',
    ]);
  });
});
