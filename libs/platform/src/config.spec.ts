import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { IsInt, IsOptional, IsString, Max, Min } from 'class-validator';
import { readConfig } from './config.js';

class Config {
  @IsInt() @Min(0) @Max(65_535) PORT = 3_000;
  @IsString() NAME: string;
  @IsOptional() @IsString() NOTE = '';
}

describe('readConfig', () => {
  it('reads numbers and texts, keeps defaults, and leaves out what is not asked for', () => {
    const config = readConfig(Config, { PORT: '80', NAME: '7', HOME: '/home' });
    expect('HOME' in config).toBe(false);
    expect(config).toMatchObject({
      PORT: 80,
      NAME: '7',
      NOTE: '',
    });
  });

  it('takes an empty variable for an absent one', () => {
    expect(readConfig(Config, { PORT: '', NAME: 'x' }).PORT).toBe(3_000);
  });

  it.each([
    [{ NAME: 'x', PORT: 'many' }, /PORT/],
    [{ NAME: 'x', PORT: '70000' }, /PORT \(max\)/],
    [{ PORT: '80' }, /NAME/],
  ])('names what is wrong in one line, without its value: %j', (env, names) => {
    expect(() => readConfig(Config, env)).toThrow(names);
    expect(() => readConfig(Config, env)).not.toThrow(/many|70000/);
  });

  describe('from files', () => {
    let folder: string;
    const file = (name: string, text: string): string => {
      const path = join(folder, name);
      writeFileSync(path, text);
      return path;
    };

    beforeAll(() => {
      folder = mkdtempSync(join(tmpdir(), 'doorstroom-config-'));
    });

    afterAll(() => {
      rmSync(folder, { recursive: true });
    });

    it('reads a text and a number, without the newline at the end and with every other character', () => {
      const env = { NAME_FILE: file('name', ' p@ss: #1\n\n'), PORT_FILE: file('port', '8080\r\n') };
      expect(readConfig(Config, env)).toMatchObject({ NAME: ' p@ss: #1\n', PORT: 8_080 });
    });

    it('takes an empty file for an absent variable', () => {
      expect(readConfig(Config, { NAME: 'x', PORT_FILE: file('none', '\n') }).PORT).toBe(3_000);
      expect(() => readConfig(Config, { NAME_FILE: file('empty', '') })).toThrow(/NAME/);
    });

    it('keeps the rules, and never says what stands in the file', () => {
      const env = { NAME: 'x', PORT_FILE: file('wrong', '70000') };
      expect(() => readConfig(Config, env)).toThrow(/PORT \(max\)/);
      expect(() => readConfig(Config, env)).not.toThrow(/70000/);
    });

    it('refuses a file that is not there, in one line', () => {
      const env = { NAME_FILE: join(folder, 'absent') };
      expect(() => readConfig(Config, env)).toThrow(
        /^Configuration is wrong: NAME_FILE names a file that cannot be read \(ENOENT\)$/,
      );
    });

    it('refuses a variable that is given twice', () => {
      const env = { NAME: 'x', NAME_FILE: file('twice', 'y') };
      expect(() => readConfig(Config, env)).toThrow(/NAME and NAME_FILE are both given/);
    });

    it('leaves alone the files of others', () => {
      const env = { NAME: 'x', SSL_CERT_FILE: join(folder, 'absent'), PORT_FILE: '' };
      expect(readConfig(Config, env)).toMatchObject({ NAME: 'x', PORT: 3_000 });
    });
  });
});
