import { describe, expect, it, jest } from '@jest/globals';
import { RememberedById } from './remembered-by-id.js';

interface Thing {
  _id: string;
  name: string;
}

function memoryOf(things: Map<string, string>) {
  const load = jest.fn((ids: string[]): Promise<Thing[]> => {
    const found = ids.flatMap((_id) => {
      const name = things.get(_id);
      return name === undefined ? [] : [{ _id, name }];
    });
    return Promise.resolve(found);
  });
  return { load, memory: new RememberedById<Thing>(load) };
}

const haven = { _id: 'a', name: 'De Haven' };

describe('remembering by id', () => {
  it('given it was asked just now, then it is not looked up again', async () => {
    const { load, memory } = memoryOf(new Map([['a', 'De Haven']]));
    expect(await memory.get(['a'])).toEqual([haven]);
    expect(await memory.get(['a', 'a'])).toEqual([haven]);
    expect(load).toHaveBeenCalledTimes(1);
  });

  it('given many ask at the same time, then one look serves them, and only for what is missing', async () => {
    const { load, memory } = memoryOf(
      new Map([
        ['a', 'De Haven'],
        ['b', 'Kruisstraat'],
      ]),
    );
    await Promise.all([memory.get(['a']), memory.get(['a']), memory.get(['b', 'a'])]);
    expect(load.mock.calls.map(([ids]) => ids)).toEqual([['a'], ['b']]);
  });

  it('given it did not exist, when it is made, then the next who asks finds it', async () => {
    const things = new Map<string, string>();
    const { memory } = memoryOf(things);
    expect(await memory.get(['a'])).toEqual([]);
    things.set('a', 'De Haven');
    expect(await memory.get(['a'])).toEqual([haven]);
  });

  it('given it is forgotten while a look is under way, then that look is not kept', async () => {
    const things = new Map([['a', 'Oud']]);
    const { memory } = memoryOf(things);
    const before = memory.get(['a']);
    memory.forget('a');
    things.set('a', 'De Haven');
    expect(await before).toEqual([{ _id: 'a', name: 'Oud' }]);
    expect(await memory.get(['a'])).toEqual([haven]);
  });

  it('given a look failed, then the next who asks looks again', async () => {
    const { load, memory } = memoryOf(new Map([['a', 'De Haven']]));
    load.mockRejectedValueOnce(new Error('away'));
    await expect(memory.get(['a'])).rejects.toThrow('away');
    expect(await memory.get(['a'])).toEqual([haven]);
  });

  it('given a second went by, then it is looked up again', async () => {
    const { load, memory } = memoryOf(new Map([['a', 'De Haven']]));
    const now = jest.spyOn(performance, 'now').mockReturnValue(0);
    try {
      await memory.get(['a']);
      now.mockReturnValue(1_000);
      await memory.get(['a']);
    } finally {
      now.mockRestore();
    }
    expect(load).toHaveBeenCalledTimes(2);
  });
});
