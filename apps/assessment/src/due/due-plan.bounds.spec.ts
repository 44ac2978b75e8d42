import { describe, expect, it } from '@jest/globals';
import { defaultDueSettings } from './default-settings.js';
import { afterTerm } from './due-plan.js';
import { d, facts, leave, plan, stay, zrm } from './due-world.fixture.js';

const arrival = stay('2026-01-10');
const started = [arrival, zrm('baseline', '2026-01-20'), zrm('target', '2026-01-20')];
const ofKind = (all: Parameters<typeof plan>[0], kind: string, settings = defaultDueSettings) =>
  plan(all, settings).filter((due) => due.kind === kind);

describe('at the edges of a rule', () => {
  it('a term of months and days counts its months first', () => {
    expect(afterTerm(d('2026-01-31'), { months: 1, days: 1 })).toBe('2026-03-01');
    expect(afterTerm(d('2026-02-28'), { months: 1, days: 1 })).toBe('2026-03-29');
    expect(afterTerm(d('2026-01-31'), { months: 1 })).toBe('2026-02-28');
    expect(afterTerm(d('2026-01-31'), { days: 1 })).toBe('2026-02-01');
  });

  it('what was filled in twice was filled in the first time', () => {
    const twice = facts(arrival, zrm('baseline', '2026-01-20'), zrm('baseline', '2026-02-20'));
    expect(ofKind(twice, 'baseline')).toMatchObject([{ state: 'met', metOn: '2026-01-20' }]);
  });

  it('a leave is long from its number of nights on', () => {
    expect(defaultDueSettings.longLeaveNights).toBe(14);
    const dues = (until: string) => ofKind(facts(...started, leave('2026-04-10', until)), 'periodic');
    expect(dues('2026-04-23')).toHaveLength(1);
    expect(dues('2026-04-24')).toMatchObject([
      { state: 'postponed', countedBy: 'previous-zrm', countedFrom: '2026-01-20' },
      { state: 'open', countedBy: 'return', countedFrom: '2026-04-24', dueOn: '2026-05-08' },
    ]);
  });

  it('a leave that was over before the ZRM puts nothing off, however long the term after a return is', () => {
    const settings = { ...defaultDueSettings, returnTerm: { months: 6 } };
    const dues = (until: string) =>
      ofKind(
        facts(stay('2025-01-01'), zrm('baseline', '2026-01-20'), leave('2025-12-20', until)),
        'periodic',
        settings,
      );
    expect(dues('2026-01-10').map(({ dueOn }) => dueOn)).toEqual(['2026-04-20']);
    expect(dues('2026-01-20').map(({ dueOn }) => dueOn)).toEqual(['2026-04-20']);
    expect(dues('2026-01-21').map(({ dueOn }) => dueOn)).toEqual(['2026-04-20', '2026-07-21']);
  });

  it('what was filled in after the final measurement was pointless by then', () => {
    const after = zrm('baseline', '2026-01-15', '2026-01-25T12:00:00Z');
    const [baseline] = ofKind(facts(arrival, zrm('final', '2026-01-20'), after), 'baseline');
    expect(baseline).toMatchObject({ state: 'ended', closedOn: '2026-01-20' });
    expect(baseline?.metOn).toBeUndefined();
    const before = zrm('baseline', '2026-01-15', '2026-01-18T12:00:00Z');
    expect(ofKind(facts(arrival, zrm('final', '2026-01-20'), before), 'baseline')).toMatchObject([
      { state: 'met', metOn: '2026-01-18' },
    ]);
  });
});
