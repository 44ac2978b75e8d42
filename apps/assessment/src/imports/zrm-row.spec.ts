import { describe, expect, it } from '@jest/globals';
import { zrmDomainColumns, zrmImportColumns } from '#contracts/assessment/import-columns.js';
import { MAX_COLUMNS } from '#imports/table/table.js';
import { knownVersions } from '../matrix/known-versions.js';
import { sameName } from '../matrix/matrix-version.js';
import { matrix } from '../measurement/measurement-world.fixture.js';
import { zrmRowsOf } from './zrm-import.fixture.js';
import { readZrmRow } from './zrm-row.js';

const plain = { clientnummer: 'HV-1', datum: '1-3-2026', soort: 'periodiek', versie: '2017' };

function read(cells: Readonly<Record<string, string>>) {
  const [source] = zrmRowsOf(cells);
  if (source === undefined) throw new Error('no row');
  return readZrmRow(source, matrix);
}

function problems(cells: Readonly<Record<string, string>>): string[] {
  return read({ ...plain, ...cells }).problems.map(({ path, code }) => `${path} ${code}`);
}

function levels(cells: Readonly<Record<string, string>>): Record<string, unknown> {
  const { said } = read({ ...plain, ...cells });
  return Object.fromEntries((said?.scores ?? []).map(({ domain, score }) => [domain, score]));
}

describe('the columns of a file of ZRMs', () => {
  it('have every domain of every version, by its code and by its names', () => {
    for (const { domains } of knownVersions) {
      for (const { code, name } of domains) {
        const { column } = zrmDomainColumns.find((one) => one.domain === code) ?? {};
        expect({ code, column: column?.name }).toEqual({ code, column: expect.any(String) });
        for (const title of [code, name.nl, name.en]) {
          expect({ title, is: column?.also?.some((one) => sameName(one, title)) }).toEqual({ title, is: true });
        }
      }
    }
    const known = new Set(knownVersions.flatMap(({ domains }) => domains.map(({ code }) => code)));
    expect(zrmDomainColumns.filter(({ domain }) => !known.has(domain))).toEqual([]);
  });

  it('are no more than a file may have, and no title means two of them', () => {
    expect(zrmImportColumns.length).toBeLessThanOrEqual(MAX_COLUMNS);
    const titles = zrmImportColumns.flatMap(({ name, also = [] }) => [
      ...new Set([name, ...also].map((title) => title.toLowerCase().replaceAll(/[\s_-]+/g, ''))),
    ]);
    expect(titles.filter((title, index) => titles.indexOf(title) !== index)).toEqual([]);
  });
});

describe('a row of a file of ZRMs', () => {
  it('takes levels, names of not assessed and empty cells, and nothing else', () => {
    expect(
      levels({ huisvesting: '1', justitie: 'Niet beoordeeld', financien: '', middelengebruik: 'n.b.' }),
    ).toMatchObject({
      housing: 1,
      justice: 'not-assessed',
      'substance-use': 'not-assessed',
      'mental-health': 3,
    });
    expect(levels({ financien: '' })).not.toHaveProperty('finances');
    for (const level of ['0', '6', '2.5', '2,5', '-1', '3.0', 'drie', '33']) {
      expect(problems({ huisvesting: level })).toEqual(['huisvesting zrm-level-invalid']);
    }
  });

  it('takes the names of the domains of any version, in Dutch and English, and refuses those of another version', () => {
    const of2013 = { ...plain, versie: 'ZRM 2013', 'ADL-vaardigheden': '2', addiction: '4', 'Physical health': '5' };
    expect(read(of2013)).toMatchObject({ problems: [], said: { matrixVersion: '2013' } });
    expect(problems({ dagbesteding: '3', verslaving: '2' })).toEqual([
      'dagbesteding zrm-domain-unknown',
      'verslaving zrm-domain-unknown',
    ]);
  });

  it('names the version that is not there, and everything that is missing, each at its column', () => {
    expect(problems({ versie: '2011', huisvesting: '9' })).toEqual(['versie zrm-version-unknown']);
    expect(problems({ versie: '', datum: '30-2-2026', soort: 'halfjaarlijks', clientnummer: '' })).toEqual([
      'clientnummer field-required',
      'datum date-not-existing',
      'soort code-unknown',
      'versie field-required',
    ]);
    expect(problems({ datum: '1 maart', huisvesting: '6', justitie: '0' })).toEqual([
      'datum cell-date-form',
      'huisvesting zrm-level-invalid',
      'justitie zrm-level-invalid',
    ]);
  });

  it('takes who was there, particulars, weight factors and the supplement', () => {
    const { said, problems: wrong } = read({
      ...plain,
      soort: 'Nulmeting',
      aanwezig: 'cliënt, Familie of vrienden',
      bijzonderheden: 'Graag bespreken.',
      weegfactoren: 'Reizen + kinderen, reizen',
      Scholing: '4',
    });
    expect(wrong).toEqual([]);
    expect(said).toMatchObject({
      kind: 'baseline',
      date: '2026-03-01',
      participants: ['client', 'network'],
      particulars: 'Graag bespreken.',
      weights: [
        { factor: 'travel', answer: 'plays-a-part' },
        { factor: 'children', answer: 'plays-a-part' },
      ],
      supplements: ['parenthood'],
    });
    expect(problems({ ingevuld_met: 'cliënt, de buurman', weegfactoren: 'geluk' })).toEqual([
      'weegfactoren code-unknown',
      'ingevuld_met code-unknown',
    ]);
  });

  it.each([
    ['nulmeting', 'baseline'],
    ['Doelscore', 'target'],
    ['PERIODIEK', 'periodic'],
    ['Tussenmeting', 'periodic'],
    ['eindmeting', 'final'],
    ['final', 'final'],
  ])('takes %s for %s', (soort, kind) => {
    expect(read({ ...plain, soort }).kind).toBe(kind);
  });
});
