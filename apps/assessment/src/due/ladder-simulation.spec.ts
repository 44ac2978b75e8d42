import { describe, expect, it } from '@jest/globals';
import { defaultDueSettings } from './default-settings.js';
import { advance, type DueMemory, nextInstant, nothingTold } from './due-advance.js';
import type { DueFacts } from './due-facts.js';
import { planDue } from './due-plan.js';
import { DAYS, demanded, hour, type Life, lifeOf, type News, newsOf, numbers } from './lives.fixture.js';

/**
 * 1,000 clients over two years of fake time. Their facts arrive one by one, shuffled and doubled; the plan is made anew at
 * each, and reminders are sent as the clock passes them. With real processes: ladder-faults.int.spec.ts.
 */

/** Known facts, shuffled, and some of them twice or in an older version too. */
function shuffled(known: readonly News[], random: () => number): DueFacts {
  const doubled = known.flatMap((news) => (random() < 0.3 ? [news, news] : [news]));
  const mixed = doubled.map((news) => ({ news, key: random() })).sort((a, b) => a.key - b.key);
  return {
    presence: mixed.flatMap(({ news }) => ('presence' in news ? [news.presence] : [])),
    leaves: mixed.flatMap(({ news }) => ('leave' in news ? [news.leave] : [])),
    measurements: mixed.flatMap(({ news }) => ('measurement' in news ? [news.measurement] : [])),
  };
}

/** What a process reads that was started anew: all that is known between two looks is what was stored. */
function stored(memory: DueMemory): DueMemory {
  return structuredClone(memory);
}

const remindersAt = (plan: ReturnType<typeof planDue>, memory: DueMemory, now: Date): number =>
  advance(plan, stored(memory), now).send.length;

/** What the plans send in two years; between two facts nothing is known but the memory and when to look again. */
function simulate(life: Life, seed: number): string[] {
  const random = numbers(seed + 7);
  const out: string[] = [];
  const sent = new Set<string>();
  const filledIn = new Set<string>();
  const news = newsOf(life);
  let memory = nothingTold;
  for (const [index, { at }] of news.entries()) {
    const plan = planDue(shuffled(news.slice(0, index + 1), random), defaultDueSettings);
    const until = news[index + 1]?.at ?? hour(DAYS, '00:00');
    for (let next = nextInstant(plan, memory, at); next !== undefined && next < until;) {
      const now = next < at ? at : next;
      // Whoever is woken too early, by a wrong clock or a wake-up of before, sends nothing.
      const early = next > at ? remindersAt(plan, memory, new Date(now.getTime() - 1)) : 0;
      const told = advance(plan, stored(memory), now);
      // Nor does whoever is woken a second time, or is another process that looks a little later.
      const again = remindersAt(plan, told.memory, now) + remindersAt(plan, told.memory, new Date(now.getTime() + 1));
      if (early + again > 0) throw new Error(`of client ${seed} something went out early or again`);
      for (const { due, step } of told.send) {
        if (sent.has(step.stepId)) throw new Error(`${step.stepId} went out twice`);
        if (filledIn.has(due.dueId)) throw new Error(`${step.stepId} went out after it was filled in`);
        sent.add(step.stepId);
        out.push(`${now.toISOString()} ${due.kind} ${step.step}`);
      }
      for (const { dueId, settled } of told.settle) if (settled === 'filled-in') filledIn.add(dueId);
      ({ memory, next } = told);
    }
  }
  const last = planDue(shuffled(news, random), defaultDueSettings);
  const { reminded } = advance(last, memory, hour(DAYS, '00:00')).memory;
  for (const { dueId, settled } of reminded) {
    const due = last.find((one) => one.dueId === dueId);
    if ((due?.state === 'met') !== (settled === 'filled-in')) throw new Error(`${dueId} is ${settled ?? 'open'}`);
  }
  return out.sort();
}

describe('reminders of 1,000 clients over two years', () => {
  it('are exactly those that the rules demand, none twice, with facts and wake-ups shuffled, doubled or early', () => {
    const wrong: { seed: number; sent: string[]; demanded: string[] }[] = [];
    const counts: Record<string, number> = {};
    for (let seed = 0; seed < 1_000; seed += 1) {
      const life = lifeOf(seed);
      const [sent, must] = [simulate(life, seed), demanded(life)];
      if (sent.join('\n') !== must.join('\n')) {
        wrong.push({
          seed,
          sent: sent.filter((line) => !must.includes(line)),
          demanded: must.filter((line) => !sent.includes(line)),
        });
      }
      for (const line of sent) {
        const what = line.split(' ').slice(1).join(' ');
        counts[what] = (counts[what] ?? 0) + 1;
      }
    }
    expect(wrong.slice(0, 3)).toEqual([]);
    expect(wrong).toHaveLength(0);
    // The world is rich enough: every kind of reminder was sent, many times.
    expect(Object.keys(counts)).toHaveLength(12);
    expect(Math.min(...Object.values(counts))).toBeGreaterThan(50);
  }, 240_000);
});
