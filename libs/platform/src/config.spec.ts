import { describe, expect, it } from '@jest/globals';
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
});
