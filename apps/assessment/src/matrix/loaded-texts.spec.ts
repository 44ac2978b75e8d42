import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import iconv from 'iconv-lite';
import { knownVersions } from './known-versions.js';
import { withOfficialTexts } from './loaded-texts.js';

const domains = knownVersions.find(({ code }) => code === '2013')?.domains ?? [];
const header = 'domein;niveau_1;niveau_2;niveau_3;niveau_4;niveau_5';
const rows = domains.map(({ code }) => [code, ...[1, 2, 3, 4, 5].map((level) => `${code} ${level}`)].join(';'));

describe('official texts of a deployer', () => {
  let folder: string;
  const file = (name: string, text: string): string => {
    const path = join(folder, name);
    writeFileSync(path, text);
    return path;
  };

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'zrm-texts-'));
  });

  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  it('take the place of ours in the versions that are named, and nowhere else', () => {
    const path = file('good.csv', [header, ...rows].join('\n'));
    const versions = withOfficialTexts(knownVersions, `2013=${path}`);
    expect(versions.map(({ code, texts }) => `${code} ${texts}`)).toEqual([
      '2010 unofficial',
      '2013 official',
      '2017 unofficial',
      'parenthood unofficial',
    ]);
    expect(versions[1]?.domains[0]?.cells[3].nl).toBe(`${domains[0]?.code} 3`);
    expect(withOfficialTexts(knownVersions, undefined)).toEqual(knownVersions);
    expect(withOfficialTexts(knownVersions, '')).toEqual(knownVersions);
  });

  it('may be written by a spreadsheet in windows-1252, and are refused when their characters cannot be read', () => {
    const wordy = [header, ...rows].join('\n').replace('finances 3', 'Financiën: hulp bij schulden, € 5 per dag');
    const path = file('excel.csv', '');
    writeFileSync(path, iconv.encode(wordy, 'win1252'));
    const versions = withOfficialTexts(knownVersions, `2013=${path}`);
    expect(versions[1]?.domains[0]?.cells[3].nl).toBe('Financiën: hulp bij schulden, € 5 per dag');
    const broken = file('broken.csv', '');
    writeFileSync(broken, Buffer.concat([Buffer.from([header, ...rows].join('\n')), Buffer.from([0x81, 0x8d])]));
    expect(() => withOfficialTexts(knownVersions, `2013=${broken}`)).toThrow(
      /^Configuration is wrong: ZRM_TEXTS, .*broken\.csv: .*/,
    );
  });

  it('stop the service with one line that says what is wrong where', () => {
    const short = file('short.csv', [header, ...rows.slice(1)].join('\n'));
    const wrong = (files: string) => () => withOfficialTexts(knownVersions, files);
    expect(wrong(`2013=${short}`)).toThrow(/^Configuration is wrong: ZRM_TEXTS, .*short\.csv.*: .*missing\.$/);
    expect(wrong('2031=a.csv')).toThrow(
      'Configuration is wrong: ZRM_TEXTS names version 2031; there are 2010, 2013, 2017, parenthood',
    );
    expect(wrong(`2013=${join(folder, 'absent.json')}`)).toThrow(/names a file that cannot be read/);
    expect(wrong(`2013=${file('broken.json', '{')}`)).toThrow(/This is not JSON/);
  });
});
