import { describe, expect, it, jest } from '@jest/globals';

import type { Stay } from '../../api/housing.js';

jest.unstable_mockModule('../../i18n/index.js', () => ({ currentLanguage: () => 'nl' }));
const { axisOf, movesBetween, NO_STAYS, staysPicture } = await import('./stays-model.js');

const TODAY = '2026-11-22';

type Given = Partial<Omit<Stay, 'leaves'>> & { leaves?: readonly [from: string, until?: string, expected?: string][] };

/** A stay on a place of the same name, at De Haven unless something else is said. */
function stay(place: string, from: string, { leaves = [], ...more }: Given = {}): Stay {
  const organisationId = more.organisationId ?? 'haven';
  return {
    stayId: place,
    placeId: place,
    clusterId: 'cluster',
    organisationId,
    from,
    reserved: false,
    state: 'present',
    zwaarteMatch: 'unknown',
    place: {
      placeId: place,
      placeName: place,
      clusterId: 'cluster',
      clusterName: 'Cluster',
      locationName: 'Locatie',
      organisationId,
      organisationName: organisationId,
    },
    ...more,
    leaves: leaves.map(([first, until, expectedUntil], index) => ({
      leaveId: String(index),
      from: first,
      reason: 'holiday',
      ...(until === undefined ? {} : { until }),
      ...(expectedUntil === undefined ? {} : { expectedUntil }),
    })),
  };
}

const movesTo = (toStayId: string, until: string): Pick<Given, 'until' | 'end'> => ({
  until,
  end: { kind: 'move', toStayId },
});

const picture = (...stays: Stay[]) => staysPicture(stays, TODAY);
const told = (...stays: Stay[]) =>
  picture(...stays).events.map(({ date, kind, planned, place }) =>
    [date, planned ? `(${kind})` : kind, place?.placeName ?? ''].join(' ').trim(),
  );
const bars = (...stays: Stay[]) =>
  picture(...stays).bars.map(({ stayId, from, until = '', planned }) =>
    [stayId, from, until, planned ? 'planned' : ''].join(' ').trim(),
  );

describe('where a client stayed', () => {
  it('is nothing when nothing was recorded', () => {
    expect(picture()).toEqual(NO_STAYS);
  });

  it('is one bar without an end while one stay goes on', () => {
    expect(bars(stay('A', '2026-03-01'))).toEqual(['A 2026-03-01']);
    expect(told(stay('A', '2026-03-01'))).toEqual(['2026-03-01 arrival A']);
  });

  it('tells moves apart from leaving and coming again, and moves to another institution', () => {
    const given = [
      stay('A', '2026-01-05', movesTo('B', '2026-02-01')),
      stay('B', '2026-02-01', {
        organisationId: 'brug',
        until: '2026-04-01',
        end: { kind: 'departure', destination: 'family' },
      }),
      stay('C', '2026-06-01', { until: '2026-09-01', end: { kind: 'agreed' } }),
    ];
    expect(told(...given)).toEqual([
      '2026-01-05 arrival A',
      '2026-02-01 move B',
      '2026-04-01 departure',
      '2026-06-01 arrival C',
      '2026-09-01 agreed-end',
    ]);
    const { events } = picture(...given);
    expect(events.map(({ elsewhere }) => elsewhere)).toEqual([false, true, false, false, false]);
    expect(events.map(({ destination }) => destination)[2]).toBe('family');
  });

  it('holds many moves within a month, none over another', () => {
    const days = ['01', '02', '03', '10', '11', '30'];
    const given = days.map((day, index) => {
      const next = days[index + 1];
      return stay(`P${day}`, `2026-09-${day}`, next === undefined ? {} : movesTo(`P${next}`, `2026-09-${next}`));
    });
    expect(told(...given)).toHaveLength(6);
    const shown = picture(...given).bars;
    expect(shown.slice(1).every(({ from }, index) => from === shown[index]?.until)).toBe(true);
  });

  it('has leaves and returns; a leave ends with the stay, the next leave, or today', () => {
    const given = stay('A', '2026-01-01', { leaves: [['2026-02-01', '2026-02-10'], ['2026-05-01'], ['2026-06-01']] });
    expect(told(given)).toEqual([
      '2026-01-01 arrival A',
      '2026-02-01 leave',
      '2026-02-10 return',
      '2026-05-01 leave',
      '2026-06-01 leave',
    ]);
    expect(picture(given).away).toEqual([
      { from: '2026-02-01', until: '2026-02-10' },
      { from: '2026-05-01', until: '2026-06-01' },
      { from: '2026-06-01', until: TODAY },
    ]);
  });

  it('knows no return of who left during a leave, and greys nothing after it', () => {
    const left = stay('A', '2026-01-01', {
      until: '2026-04-01',
      end: { kind: 'departure' },
      leaves: [['2026-03-20', '2026-04-01']],
    });
    expect(told(left)).toEqual(['2026-01-01 arrival A', '2026-03-20 leave', '2026-04-01 departure']);
    const open = stay('A', '2026-01-01', { until: '2026-04-01', leaves: [['2026-03-20']] });
    expect(picture(open).away).toEqual([{ from: '2026-03-20', until: '2026-04-01' }]);
  });

  it('tells what is planned: a return, a move, a departure', () => {
    const given = [
      stay('A', '2026-01-01', { ...movesTo('B', '2026-12-01'), leaves: [['2026-11-20', undefined, '2026-11-25']] }),
      stay('B', '2026-12-01', { reserved: true, until: '2027-01-01' }),
    ];
    expect(told(...given)).toEqual([
      '2026-01-01 arrival A',
      '2026-11-20 leave',
      '2026-11-25 (return)',
      '2026-12-01 (move) B',
      '2027-01-01 (agreed-end)',
    ]);
    expect(bars(...given)).toEqual(['A 2026-01-01 2026-12-01', 'B 2026-12-01 2027-01-01 planned']);
    const leaving = stay('A', '2026-01-01', { until: '2026-12-24', end: { kind: 'departure' } });
    expect(told(leaving)).toEqual(['2026-01-01 arrival A', '2026-12-24 (departure)']);
  });

  it('leaves a client where they were until somebody confirms a move of which the day has come', () => {
    const given = [
      stay('A', '2026-01-01', movesTo('B', '2026-11-20')),
      stay('B', '2026-11-20', { reserved: true, state: 'reservation-due' }),
    ];
    expect(bars(...given)).toEqual([`A 2026-01-01 ${TODAY}`, `B ${TODAY}  planned`]);
    expect(told(...given)).toEqual(['2026-01-01 arrival A', '2026-11-20 (move) B']);
  });

  it('has a bar without a name for a place that may not be seen', () => {
    const { place: _unseen, ...hidden } = stay('A', '2026-01-01');
    expect(picture(hidden).bars).toEqual([
      { stayId: 'A', place: undefined, from: '2026-01-01', until: undefined, planned: false },
    ]);
  });
});

describe('the days that pictures show', () => {
  const from = (arrival: string, ...more: Stay[]) => axisOf('2026-03-01', picture(stay('A', arrival), ...more), TODAY);

  it('go from the first ZRM to today', () => {
    expect(axisOf('2026-03-01', NO_STAYS, TODAY)).toEqual({ from: '2026-03-01', until: TODAY });
  });

  it('begin with the arrival when it was not long before', () => {
    expect(from('2026-02-01').from).toBe('2026-02-01');
    expect(from('2024-02-01').from).toBe('2026-03-01');
    // A stay of later says nothing about the first ZRM.
    expect(from('2026-05-01').from).toBe('2026-03-01');
  });

  it('go on to what is planned soon, with room to see it, and not to what is far away', () => {
    const planned = (date: string) => stay('B', date, { reserved: true });
    const { until } = from('2026-02-01', planned('2026-12-10'));
    expect(until > '2026-12-10' && until < '2027-01-10').toBe(true);
    expect(from('2026-02-01', planned('2028-01-01')).until).toBe(TODAY);
  });

  it('are more than one on the day of the first ZRM', () => {
    expect(axisOf(TODAY, picture(stay('A', '2026-11-01')), TODAY)).toEqual({ from: '2026-11-01', until: TODAY });
  });
});

describe('what happened between two ZRMs', () => {
  const stays = picture(
    stay('A', '2026-01-01', { ...movesTo('B', '2026-06-01'), leaves: [['2026-05-01', '2026-05-08']] }),
    stay('B', '2026-06-01', movesTo('C', '2026-12-01')),
    stay('C', '2026-12-01', { reserved: true }),
  );
  const between = (after: string, until: string) => movesBetween(stays, after, until).map(({ date }) => date);

  it('is who came, moved or left after the one and up to the day of the other; nothing that is planned', () => {
    expect(between('2026-03-01', '2026-06-01')).toEqual(['2026-06-01']);
    expect(between('2026-06-01', '2026-12-31')).toEqual([]);
    expect(between('2025-12-31', '2026-05-31')).toEqual(['2026-01-01']);
  });
});
