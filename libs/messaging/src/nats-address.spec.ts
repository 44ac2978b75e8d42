import { describe, expect, it } from '@jest/globals';
import { natsAddress } from './nats-address.js';

describe('natsAddress', () => {
  it('leaves a broker without users as it is', () => {
    expect(natsAddress('nats://127.0.0.1:4222')).toEqual({ servers: ['nats://127.0.0.1:4222'] });
    expect(natsAddress('nats://one:4222, tls://two:4222').servers).toEqual(['nats://one:4222', 'tls://two:4222']);
  });

  it('takes the credentials out of the address, and answers come where only this user may listen', () => {
    expect(natsAddress('nats://audit:p%40ss%3A1@nats:4222,nats://second:4222')).toEqual({
      servers: ['nats://nats:4222', 'nats://second:4222'],
      user: 'audit',
      pass: 'p@ss:1',
      inboxPrefix: '_INBOX_audit',
    });
  });

  it('does not repeat a wrong address, which may hold a password', () => {
    expect(() => natsAddress('nats://audit:hush@[')).toThrow('NATS_URL holds something that is no address');
  });
});
