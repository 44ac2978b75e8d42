import { describe, expect, it } from '@jest/globals';
import { parseCivilDate } from '#calendar/civil-date.js';
import { chainPresence } from './chain-presence.js';
import type { Leave, Stay } from './housing-types.js';

const day = parseCivilDate;

function stay(id: string, from: string, until?: string, extra: Partial<Stay> = {}): Stay {
  const end = until === undefined ? {} : { until: day(until) };
  const place = { placeId: `place-${id}`, clusterId: `cluster-${id}`, organisationId: `organisation-${id}` };
  return { stayId: id, ...place, from: day(from), ...end, reserved: false, leaves: [], ...extra };
}

function leave(leaveId: string, from: string, until?: string): Leave {
  return { leaveId, from: day(from), reason: 'holiday', ...(until === undefined ? {} : { until: day(until) }) };
}

const movesTo = (toStayId: string) => ({ end: { kind: 'move', toStayId } as const });

describe('what is told of the time in the chain', () => {
  it('is nothing of who never stayed anywhere, and of who has no more than a reservation', () => {
    expect(chainPresence([])).toEqual({ presence: [], leaves: [] });
    expect(chainPresence([stay('a', '2026-05-01', undefined, { reserved: true })]).presence).toEqual([]);
  });

  it('takes stays that follow each other for one time, which keeps its identity and ends where they stayed last', () => {
    const haven = { organisationId: 'haven' };
    const stays = [
      stay('a', '2026-01-10', '2026-02-01', { ...movesTo('b'), ...haven }),
      stay('b', '2026-02-01', undefined, haven),
    ];
    expect(chainPresence(stays).presence).toEqual([
      { stayId: 'a', from: '2026-01-10', clusterId: 'cluster-b', organisationId: 'haven' },
    ]);
  });

  it('tells from which day on the client was at which institution, when it was more than one', () => {
    const at = (organisationId: string) => ({ organisationId });
    const stays = [
      stay('a', '2026-01-10', '2026-02-01', { ...movesTo('b'), ...at('haven') }),
      stay('b', '2026-02-01', '2026-03-01', { ...movesTo('c'), ...at('brug') }),
      stay('c', '2026-03-01', '2026-04-01', { ...movesTo('d'), ...at('brug') }),
      stay('d', '2026-04-01', undefined, at('haven')),
    ];
    expect(chainPresence(stays).presence).toEqual([
      {
        stayId: 'a',
        from: '2026-01-10',
        clusterId: 'cluster-d',
        organisationId: 'haven',
        organisations: [
          { from: '2026-01-10', organisationId: 'haven' },
          { from: '2026-02-01', organisationId: 'brug' },
          { from: '2026-04-01', organisationId: 'haven' },
        ],
      },
    ]);
  });

  it('tells a new arrival after a departure apart', () => {
    const { presence } = chainPresence([stay('a', '2026-01-10', '2026-02-01'), stay('b', '2026-02-02', '2026-03-01')]);
    expect(presence).toMatchObject([
      { stayId: 'a', until: '2026-02-01' },
      { stayId: 'b', from: '2026-02-02', until: '2026-03-01' },
    ]);
  });

  it('does not let a planned move end anything until it is confirmed', () => {
    const planned = [
      stay('a', '2026-01-10', '2026-06-01', movesTo('b')),
      stay('b', '2026-06-01', undefined, { reserved: true }),
    ];
    expect(chainPresence(planned).presence).toEqual([
      { stayId: 'a', from: '2026-01-10', clusterId: 'cluster-a', organisationId: 'organisation-a' },
    ]);
  });

  it('takes a leave that runs on over a move for one, and lets a departure end it', () => {
    const stays = [
      stay('a', '2026-01-10', '2026-02-01', { ...movesTo('b'), leaves: [leave('x', '2026-01-20')] }),
      stay('b', '2026-02-01', '2026-04-01', {
        leaves: [leave('x', '2026-02-01', '2026-02-05'), leave('y', '2026-03-20')],
      }),
    ];
    expect(chainPresence(stays).leaves).toEqual([
      { leaveId: 'x', from: '2026-01-20', until: '2026-02-05' },
      { leaveId: 'y', from: '2026-03-20', until: '2026-04-01' },
    ]);
    expect(chainPresence([stay('c', '2026-01-10', undefined, { leaves: [leave('z', '2026-01-20')] })]).leaves).toEqual([
      { leaveId: 'z', from: '2026-01-20' },
    ]);
  });

  it('tells the newest of very many, so that the fact stays small', () => {
    const stays = Array.from({ length: 60 }, (_, index) => {
      const year = 1900 + 2 * index;
      return stay(`s${index}`, `${year}-01-01`, `${year}-02-01`);
    });
    const { presence } = chainPresence(stays);
    expect(presence).toHaveLength(50);
    expect(presence.at(-1)?.stayId).toBe('s59');
  });
});
