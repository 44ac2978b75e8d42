import { describe, expect, it } from '@jest/globals';
import { isAcceptableUrl, mayReach } from './address-rules.js';
import { waitAfter } from './webhook-retry-rules.js';

const strict = { allowPrivate: false, allowLoopback: false };
const development = { allowPrivate: false, allowLoopback: true };

describe('addresses of webhooks', () => {
  it.each([
    '10.1.2.3',
    '127.0.0.1',
    '169.254.169.254',
    '172.31.0.1',
    '192.168.1.1',
    '100.64.0.1',
    '0.0.0.0',
    '224.0.0.1',
    '255.255.255.255',
    '::1',
    '::',
    'fe80::1',
    'fd00::1',
    '64:ff9b::a9fe:a9fe',
    '::ffff:127.0.0.1',
    '::ffff:10.0.0.1',
    '::ffff:a00:1',
    'not an address',
  ])('%s is inside', (address) => {
    expect(mayReach(address, strict)).toBe(false);
  });

  it.each(['8.8.8.8', '2a00:1450:400e:80e::200e', '172.32.0.1'])('%s is outside', (address) => {
    expect(mayReach(address, strict)).toBe(true);
  });

  it('open up only as far as is set', () => {
    expect(mayReach('127.0.0.1', development)).toBe(true);
    expect(mayReach('10.0.0.1', development)).toBe(false);
    expect(mayReach('10.0.0.1', { allowPrivate: true, allowLoopback: false })).toBe(true);
  });

  it.each([
    ['https://dossier.example/hook', true, true],
    ['http://dossier.example/hook', false, false],
    ['http://localhost:4000/hook', false, true],
    ['http://127.0.0.1:4000/hook', false, true],
    ['http://[::1]:4000/hook', false, true],
    ['https://10.0.0.1/hook', false, false],
    ['https://169.254.169.254/latest', false, false],
    ['https://user:secret@dossier.example/', false, false],
    ['ftp://dossier.example/', false, false],
    ['nonsense', false, false],
    // Other ways to write 127.0.0.1.
    ['https://2130706433/', false, true],
    ['https://0x7f.1/', false, true],
  ])('%s: in production %s, in development %s', (url, production, development_) => {
    expect(isAcceptableUrl(url, strict)).toBe(production);
    expect(isAcceptableUrl(url, development)).toBe(development_);
  });
});

describe('waiting between attempts', () => {
  it('grows to half a day and stays there', () => {
    expect([1, 2, 8, 9, 100].map(waitAfter)).toEqual([5_000, 30_000, 21_600_000, 43_200_000, 43_200_000]);
  });
});
