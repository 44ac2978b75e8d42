import { describe, expect, it, jest } from '@jest/globals';
import { collectIds } from '#contracts/registration/referenced-ids.js';
import type { NamesBeside } from '../http/names.js';
import type { SignedInCaller } from '../sign-in/signed-in-caller.js';
import { NamesAhead } from './names-ahead.js';

const melding = { meldingId: 'm', clientId: 'noor', parts: [{ placeId: 'haven-1' }] };

function signedIn(personId: string): SignedInCaller {
  return {
    identity: { via: 'session', subject: personId, sessionKey: 's', csrfToken: 'c' },
    person: {
      personId,
      subject: personId,
      kind: 'person',
      name: personId,
      roles: [],
      language: 'nl',
      active: true,
      version: 1,
    },
    replacing: [],
    caller: { kind: 'person', personId, roles: [], clusterIds: [], clientIds: [] },
    token: () => Promise.resolve('token'),
  };
}

function names() {
  return {
    of: jest.fn<(...asked: unknown[]) => Promise<NamesBeside>>(() => Promise.resolve({ namesMissing: true })),
    addToEach: jest.fn((items: readonly object[], _caller: unknown, beside?: Promise<NamesBeside>) =>
      Promise.resolve(items.map(() => beside)),
    ),
  };
}

describe('names that are asked ahead', () => {
  it('given a hint told what is needed, then the names asked for it are used, once', async () => {
    const asked = names();
    const ahead = new NamesAhead(asked);
    const caller = signedIn('noor');
    ahead.expect(collectIds(melding), caller);
    await ahead.addToEach([melding], caller);
    await ahead.addToEach([melding], caller);
    expect(asked.of).toHaveBeenCalledTimes(1);
    expect(asked.addToEach.mock.calls.map(([, , beside]) => beside !== undefined)).toEqual([true, false]);
  });

  it('given the melding refers to more than the hint told, or another caller asks, then they are asked now', async () => {
    const asked = names();
    const ahead = new NamesAhead(asked);
    const caller = signedIn('noor');
    ahead.expect(collectIds(melding), caller);
    await ahead.addToEach([{ ...melding, clusterId: 'haven' }], caller);
    await ahead.addToEach([melding], signedIn('noor'));
    expect(asked.addToEach.mock.calls.map(([, , beside]) => beside)).toEqual([undefined, undefined]);
  });

  it('given a second went by, then they are asked again', async () => {
    const asked = names();
    const ahead = new NamesAhead(asked);
    const caller = signedIn('noor');
    const now = jest.spyOn(performance, 'now').mockReturnValue(0);
    try {
      ahead.expect(collectIds(melding), caller);
      now.mockReturnValue(1_001);
      await ahead.addToEach([melding], caller);
    } finally {
      now.mockRestore();
    }
    expect(asked.addToEach.mock.calls[0]?.[2]).toBeUndefined();
  });

  it('given many hints at once, then only a few are asked ahead', () => {
    const asked = names();
    const ahead = new NamesAhead(asked);
    for (let index = 0; index < 20; index += 1) ahead.expect(collectIds({ clientId: `c${index}` }), signedIn('noor'));
    expect(asked.of).toHaveBeenCalledTimes(4);
  });
});
