import { AsyncLocalStorage } from 'node:async_hooks';
import { describe, expect, it } from '@jest/globals';
import { TaskGroups } from './task-groups.js';

type Results = PromiseSettledResult<string>[];
const done = (value: string) => ({ status: 'fulfilled', value }) as const;

/** A unit of work that notes its groups, and ends when it is told to. */
function units(outcome: (tasks: string[]) => Results = (tasks) => tasks.map(done)) {
  const groups: string[][] = [];
  const ends: (() => void)[] = [];
  const carryOut = async (group: readonly { task: string }[]): Promise<Results> => {
    const tasks = group.map(({ task }) => task);
    groups.push(tasks);
    await new Promise<void>((end) => ends.push(end));
    return outcome(tasks);
  };
  const finish = async () => {
    // A unit that ends may start the next.
    for (let turn = 0; turn < 20; turn += 1) {
      for (const end of ends.splice(0)) end();
      await new Promise(setImmediate);
    }
  };
  return { groups, carryOut, finish };
}

describe('a group commit', () => {
  it('carries out the first task at once, and together what came meanwhile', async () => {
    const { groups, carryOut, finish } = units();
    const tasks = new TaskGroups<string, string>(carryOut, () => true, 3);
    const answers = Promise.all(['a', 'b', 'c', 'd', 'e'].map((task) => tasks.run(task)));
    expect(groups).toEqual([['a']]);
    await finish();
    expect(await answers).toEqual(['a', 'b', 'c', 'd', 'e']);
    expect(groups).toEqual([['a'], ['b', 'c', 'd'], ['e']]);
  });

  it('answers each task by itself', async () => {
    const { carryOut, finish } = units((tasks) =>
      tasks.map((task) => (task === 'b' ? { status: 'rejected', reason: new Error('refused') } : done(task))),
    );
    const tasks = new TaskGroups<string, string>(carryOut, () => true, 10);
    const answers = Promise.allSettled(['a', 'b', 'c'].map((task) => tasks.run(task)));
    await finish();
    expect((await answers).map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  });

  it('tries each alone when a group fails as a whole', async () => {
    const { groups, carryOut, finish } = units((tasks) => {
      if (tasks.includes('bad')) throw new Error('broken');
      return tasks.map(done);
    });
    const tasks = new TaskGroups<string, string>(carryOut, () => true, 10);
    const answers = Promise.allSettled(['a', 'b', 'bad', 'c'].map((task) => tasks.run(task)));
    await finish();
    expect((await answers).map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled']);
    expect(groups).toEqual([['a'], ['b', 'bad', 'c'], ['b'], ['bad'], ['c']]);
  });

  it('gives an error that is nobody’s fault to all, and goes on', async () => {
    let away = true;
    const { groups, carryOut, finish } = units((tasks) => {
      if (away) throw new Error('away');
      return tasks.map(done);
    });
    const tasks = new TaskGroups<string, string>(carryOut, () => false, 10);
    const answers = Promise.allSettled(['a', 'b', 'c'].map((task) => tasks.run(task)));
    await finish();
    expect((await answers).map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
    expect(groups).toEqual([['a'], ['b', 'c']]);
    away = false;
    const later = tasks.run('d');
    await finish();
    expect(await later).toBe('d');
  });

  it('runs each task in the context of who asked', async () => {
    const request = new AsyncLocalStorage<string>();
    const tasks = new TaskGroups<string, string>(
      async (group) => {
        await Promise.resolve();
        return group.map(({ inContext }) => done(inContext(() => request.getStore() ?? 'none')));
      },
      () => true,
      10,
    );
    const answers = ['one', 'two', 'three'].map((name) => request.run(name, () => tasks.run('x')));
    expect(await Promise.all(answers)).toEqual(['one', 'two', 'three']);
  });
});
