import { describe, expect, it } from '@jest/globals';
import { parseCivilDate } from '#calendar/civil-date.js';
import {
  canRepresent,
  checkNothingOpenBelow,
  checkOccupationsInside,
  checkOpenAbove,
  checkOpenPeriod,
} from './structure-rules.js';

const day = parseCivilDate;

describe('the days on which a place is open', () => {
  it('end after they start', () => {
    const open = { openFrom: day('2026-03-01'), closedFrom: day('2026-03-01') };
    expect(() => checkOpenPeriod(open)).toThrow(expect.objectContaining({ code: 'date-order' }));
    expect(() => checkOpenPeriod({ ...open, closedFrom: day('2026-03-02') })).not.toThrow();
    expect(() => checkOpenPeriod({ closedFrom: day('2020-01-01') })).not.toThrow();
  });

  const stay = { from: day('2026-03-01'), until: day('2026-04-01') };

  it.each([
    ['no end of the opening', {}],
    ['closing on the day that the client leaves', { closedFrom: day('2026-04-01') }],
    ['opening on the day that the client comes', { openFrom: day('2026-03-01') }],
  ])('hold every stay: %s', (_, open) => {
    expect(() => checkOccupationsInside('A1', open, [stay])).not.toThrow();
  });

  it.each([
    ['closing a day too early', { closedFrom: day('2026-03-31') }, 'closedFrom'],
    ['opening a day too late', { openFrom: day('2026-03-02') }, 'openFrom'],
  ])('refuse with the period: %s', (_, open, field) => {
    const refusal = expect.objectContaining({
      code: 'place-in-use',
      params: { place: 'A1', period: '2026-03-01/2026-04-01' },
      fields: [expect.objectContaining({ path: field })],
    });
    expect(() => checkOccupationsInside('A1', open, [stay])).toThrow(refusal);
  });

  it('refuse closing under a stay that runs on', () => {
    const running = { from: day('2026-03-01') };
    expect(() => checkOccupationsInside('A1', { closedFrom: day('2090-01-01') }, [running])).toThrow(
      expect.objectContaining({ code: 'place-in-use', params: { place: 'A1', period: '2026-03-01/..' } }),
    );
  });
});

describe('closing', () => {
  const closes = day('2026-06-01');

  it('needs everything below closed by then', () => {
    expect(() =>
      checkNothingOpenBelow(closes, [{ closedFrom: closes }, { closedFrom: day('2025-01-01') }]),
    ).not.toThrow();
    expect(() =>
      checkNothingOpenBelow(closes, [{}, { closedFrom: day('2026-06-02') }, { closedFrom: closes }]),
    ).toThrow(expect.objectContaining({ code: 'still-open-below', params: { count: 2 } }));
  });

  it('above needs what is below it closed', () => {
    expect(() => checkOpenAbove({}, {})).not.toThrow();
    expect(() => checkOpenAbove({ closedFrom: closes }, { closedFrom: closes })).not.toThrow();
    expect(() => checkOpenAbove({}, { closedFrom: closes })).toThrow(expect.objectContaining({ code: 'closed-above' }));
  });
});

describe('the representative of a cluster', () => {
  const fit = { kind: 'person' as const, roles: ['clientmanager' as const], organisationId: 'haven', active: true };

  it('is an active clientmanager of the organisation', () => {
    expect(canRepresent(fit, 'haven')).toBe(true);
    expect(canRepresent(null, 'haven')).toBe(false);
    expect(canRepresent({ ...fit, active: false }, 'haven')).toBe(false);
    expect(canRepresent({ ...fit, roles: ['beheerder'] }, 'haven')).toBe(false);
    expect(canRepresent({ ...fit, organisationId: undefined }, 'haven')).toBe(false);
    expect(canRepresent(fit, 'brug')).toBe(false);
    expect(canRepresent({ ...fit, kind: 'system' }, 'haven')).toBe(false);
  });
});
