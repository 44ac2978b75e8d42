import { describe, expect, it } from '@jest/globals';
import { startSystem } from './system.js';

describe('startSystem', () => {
  it('starts processes that can be killed and started again, and leaves none behind', async () => {
    const system = await startSystem({ services: ['issuer'] });
    const issuer = system.part('issuer');
    const isUp = async () => (await fetch(`${system.issuerUrl}/.well-known/openid-configuration`)).ok;
    expect(system.serviceNames).toEqual(['issuer']);
    expect(await isUp()).toBe(true);
    expect(() => system.part('gateway')).toThrow('This system has no "gateway", only mongo, nats, redis, issuer.');

    await issuer.kill9();
    expect(issuer.pid).toBeUndefined();
    await expect(isUp()).rejects.toThrow('fetch failed');
    await issuer.restart();
    expect(await isUp()).toBe(true);

    await system.close();
    await expect(isUp()).rejects.toThrow('fetch failed');
    expect(system.part('nats').pid).toBeUndefined();
  }, 60_000);
});
