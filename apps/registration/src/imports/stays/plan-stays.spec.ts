import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addDays, type CivilDate, parseCivilDate } from '#calendar/civil-date.js';
import type { Caller } from '#contracts/caller.js';
import { departureDestinations, departureReasons, leaveReasons } from '#contracts/codes.js';
import { type ExampleStay, simulateYear } from '../../../../../examples/history.ts';
import { Chance } from '../../../../../examples/random.ts';
import { emptyClientLedger, type PlaceLedger } from '../../stays/housing-types.js';
import type { HousedClient } from '../../stays/stays.repository.js';
import type { StayRow } from '../rows/check-row.js';
import { type PlannedLine, type StayLine, StaysPlan } from './plan-stays.js';
import { StaySimulation } from './stay-simulation.js';

const d = parseCivilDate;
const organisationId = 'haven';
const caller: Caller = {
  kind: 'person',
  personId: 'samira',
  roles: ['clientmanager'],
  organisationId,
  clusterIds: [],
  clientIds: [],
};

const client = (clientId: string): HousedClient => ({
  clientId,
  ledger: emptyClientLedger(clientId),
  registeredByOrganisationId: organisationId,
  relatedOrganisationIds: [organisationId],
  relatedClusterIds: [],
});
const place = (placeId: string): PlaceLedger => ({
  placeId,
  label: placeId,
  clusterId: 'cluster',
  organisationId,
  kind: 'opvang',
  zwaarte: 'medium',
  fundingFrame: 'inside-chain',
  version: 0,
  occupations: [],
});

/** An institution with its ledgers and the lines that it sent before. */
class Institution {
  clients: HousedClient[];
  places: PlaceLedger[];
  readonly links = new Map<string, string>();

  constructor(clientIds: readonly string[], placeIds: readonly string[]) {
    this.clients = clientIds.map(client);
    this.places = placeIds.map(place);
  }

  plan(rows: readonly StayRow[], today: CivilDate): Promise<PlannedLine[]> {
    const lines = rows.map((record, index): StayLine => {
      const placed = record.placeCode === undefined ? {} : { placeId: record.placeCode };
      return { row: index + 2, record, clientId: record.clientNumber, ...placed };
    });
    return new StaysPlan(lines, this.links, [this.clients, this.places, this.contextOn(today)]).run();
  }

  /** Plans a file and carries it out, in the order of the plan. */
  async import(rows: readonly StayRow[], today: CivilDate): Promise<PlannedLine[]> {
    const planned = await this.plan(rows, today);
    const simulation = new StaySimulation(this.clients, this.places, this.contextOn(today));
    for (const { steps, clientId, row, targetId } of planned.toSorted((a, b) => a.order - b.order)) {
      const number = rows[row - 2]?.number ?? '';
      const commands = steps.map(({ command }) => command);
      expect(simulation.run(number, commands, clientId)).toEqual(steps);
      if (targetId !== undefined) this.links.set(number, targetId);
    }
    this.clients = this.clients.map(({ clientId }) => simulation.client(clientId) ?? client(clientId));
    this.places = this.places.map(({ placeId }) => simulation.place(placeId) ?? place(placeId));
    return planned;
  }

  /** Stays as short texts, with leave. */
  stays(clientId: string): string[] {
    const ledger = this.clients.find((known) => known.clientId === clientId)?.ledger;
    return (ledger?.stays ?? []).map(({ placeId, from, until, end, reserved, leaves }) => {
      const away = leaves.map((leave) => ` [${leave.from}..${leave.until ?? ''}]`).join('');
      const text = `${placeId} ${from}..${until ?? ''} ${end?.kind ?? 'open'}${away}`;
      return reserved ? `(${text})` : text;
    });
  }

  private contextOn(today: CivilDate) {
    return { caller, organisationId, now: new Date(`${today}T09:00:00Z`), today };
  }
}

const today = d('2026-06-15');
let numbers = 0;
function line(clientNumber: string, placeCode: string, from: string, until = '', over: Partial<StayRow> = {}): StayRow {
  numbers += 1;
  const end = until === '' ? {} : { until: d(until) };
  return { number: `V${String(numbers)}`, clientNumber, placeCode, kind: 'stay', from: d(from), ...end, ...over };
}
const away = (clientNumber: string, from: string, until = ''): StayRow => {
  const { placeCode: _, ...rest } = line(clientNumber, '', from, until, { kind: 'leave', leaveReason: 'hospital' });
  return rest;
};
const departure = { reason: 'own-choice', destination: 'family' } as const;
const outcomes = (planned: readonly PlannedLine[]) =>
  planned
    .toSorted((a, b) => a.row - b.row)
    .map(({ outcome, problems }) => [outcome, ...problems.map((p) => `${p.path} ${p.code}`)].join(' '));
const kinds = (planned: readonly PlannedLine[]) =>
  planned.toSorted((a, b) => a.row - b.row).map(({ steps }) => steps.map(({ command }) => command.kind).join('+'));

describe('a file of stays', () => {
  it('makes a move of two stays that meet, and a departure of a reason', async () => {
    const institution = new Institution(['noor'], ['A', 'B']);
    const planned = await institution.import(
      [line('noor', 'A', '2026-01-01', '2026-03-01'), line('noor', 'B', '2026-03-01', '2026-05-01', { departure })],
      today,
    );
    expect(kinds(planned)).toEqual(['arrival', 'move+departure']);
    expect(institution.stays('noor')).toEqual(['A 2026-01-01..2026-03-01 move', 'B 2026-03-01..2026-05-01 departure']);
  });

  it('does not care about the order of its rows', async () => {
    const institution = new Institution(['noor', 'sem'], ['A', 'B']);
    const rows = [
      line('sem', 'A', '2026-03-01'),
      away('noor', '2026-04-01', '2026-04-05'),
      line('noor', 'B', '2026-03-01'),
      line('noor', 'A', '2026-01-01', '2026-03-01'),
    ];
    expect(outcomes(await institution.import(rows, today))).toEqual(['new', 'new', 'new', 'new']);
    expect(institution.stays('noor')).toEqual([
      'A 2026-01-01..2026-03-01 move',
      'B 2026-03-01.. open [2026-04-01..2026-04-05]',
    ]);
  });

  it('shows an overlap at the row and column that come second', async () => {
    const institution = new Institution(['noor', 'sem'], ['A', 'B']);
    const rows = [
      line('noor', 'A', '2026-01-01', '2026-03-01', { departure }),
      line('sem', 'A', '2026-02-01'),
      line('noor', 'B', '2026-02-10', '2026-02-20'),
    ];
    expect(outcomes(await institution.plan(rows, today))).toEqual([
      'new',
      'error plekcode place-occupied',
      'error van client-already-housed',
    ]);
  });

  it('tells new, changed and unchanged lines of a later file apart', async () => {
    const institution = new Institution(['noor', 'sem', 'bo'], ['A', 'B', 'C']);
    const first = [line('noor', 'A', '2026-01-01'), line('sem', 'B', '2026-02-01'), away('sem', '2026-03-01')];
    await institution.import(first, today);
    const [a, b, c] = first;
    const later = [
      { ...a!, until: d('2026-05-01'), departure },
      { ...b!, from: d('2026-02-03') },
      { ...c!, until: d('2026-03-09') },
      line('bo', 'A', '2026-05-01'),
    ];
    const planned = await institution.import(later, today);
    expect(outcomes(planned)).toEqual(['change', 'change', 'change', 'new']);
    expect(kinds(planned)).toEqual(['departure', 'correction', 'return', 'arrival']);
    expect(institution.stays('noor')).toEqual(['A 2026-01-01..2026-05-01 departure']);
    expect(institution.stays('sem')).toEqual(['B 2026-02-03.. open [2026-03-01..2026-03-09]']);
    expect(outcomes(await institution.plan(later, today))).toEqual(Array(4).fill('unchanged'));
  });

  it('corrects there and back and there again', async () => {
    const institution = new Institution(['noor'], ['A']);
    const row = line('noor', 'A', '2026-01-01', '2026-03-01', { departure });
    const moved = { ...row, until: d('2026-03-05') };
    const made: string[] = [];
    for (const version of [row, moved, row, moved]) {
      const [planned] = await institution.import([version], today);
      made.push(...(planned?.steps.map(({ key }) => key) ?? []));
      expect(institution.stays('noor')).toEqual([`A 2026-01-01..${version.until ?? ''} departure`]);
    }
    expect(new Set(made).size).toBe(4);
  });

  it('lets clients who stay take each other’s places on one day', async () => {
    const institution = new Institution(['noor', 'sem', 'bo'], ['A', 'B', 'C']);
    const first = [line('noor', 'A', '2026-01-01'), line('sem', 'B', '2026-01-01'), line('bo', 'C', '2026-01-01')];
    await institution.import(first, today);
    const ended = first.map((row) => ({ ...row, until: d('2026-04-01') }));
    const moved = [line('noor', 'B', '2026-04-01'), line('sem', 'C', '2026-04-01'), line('bo', 'A', '2026-04-01')];
    const planned = await institution.import([...ended, ...moved], today);
    expect(outcomes(planned)).toEqual(['change', 'change', 'change', 'new', 'new', 'new']);
    expect(institution.stays('noor')).toEqual(['A 2026-01-01..2026-04-01 move', 'B 2026-04-01.. open']);
    expect(institution.stays('bo')).toEqual(['C 2026-01-01..2026-04-01 move', 'A 2026-04-01.. open']);
  });

  it('confirms a reservation, and plans a move', async () => {
    const institution = new Institution(['noor'], ['A', 'B']);
    const stay = line('noor', 'A', '2026-05-01', '2026-07-01');
    const reserved = line('noor', 'B', '2026-07-01', '', { kind: 'reservation' });
    await institution.import([stay, reserved], today);
    expect(institution.stays('noor')).toEqual(['A 2026-05-01..2026-07-01 move', '(B 2026-07-01.. open)']);
    expect(outcomes(await institution.plan([stay, reserved], today))).toEqual(['unchanged', 'unchanged']);
    const july = d('2026-07-10');
    await institution.import(
      [
        { ...stay, until: d('2026-07-02') },
        { ...reserved, kind: 'stay', from: d('2026-07-02') },
      ],
      july,
    );
    expect(institution.stays('noor')).toEqual(['A 2026-05-01..2026-07-02 move', 'B 2026-07-02.. open']);
  });

  it('adopts what came in by another door, and never takes an end away', async () => {
    const institution = new Institution(['noor'], ['A']);
    await institution.import([line('noor', 'A', '2026-01-01', '2026-03-01', { departure })], today);
    institution.links.clear();
    const open = line('noor', 'A', '2026-01-01');
    const [planned] = await institution.plan([open], today);
    expect(planned).toMatchObject({
      outcome: 'unchanged',
      steps: [],
      warnings: [{ path: 'tot', code: 'stay-ended-here' }],
    });
  });
});

function known(stay: ExampleStay, until: CivilDate): StayRow {
  const isOver = stay.until !== '' && stay.until <= until;
  const reason = departureReasons.find((code) => code === stay.departureReason);
  const destination = departureDestinations.find((code) => code === stay.destination);
  const leaveReason = leaveReasons.find((code) => code === stay.leaveReason);
  return {
    number: stay.number,
    clientNumber: stay.client,
    kind: stay.kind,
    from: d(stay.from),
    ...(stay.place === '' ? {} : { placeCode: stay.place }),
    ...(isOver ? { until: d(stay.until) } : {}),
    ...(isOver && reason && destination ? { departure: { reason, destination } } : {}),
    ...(leaveReason ? { leaveReason } : {}),
  };
}

describe('a year of stays', () => {
  const places = Array.from({ length: 6 }, (_, index) => `P${String(index)}`);
  const clients = Array.from({ length: 14 }, (_, index) => `C${String(index)}`);

  it('comes to the same whether it is sent at once or in parts that overlap, and twice changes nothing', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 1e6 }),
        fc.array(fc.integer({ min: 1, max: 364 }), { maxLength: 4 }),
        async (seed, days) => {
          const history = simulateYear(new Chance(seed), 'X', places, clients, today);
          const whole = history.map((stay) => known(stay, addDays(today, 60)));
          const atOnce = new Institution(clients, places);
          expect(new Set(outcomes(await atOnce.import(whole, today)))).toEqual(new Set(['new']));
          expect(new Set(outcomes(await atOnce.plan(whole, today)))).toEqual(new Set(['unchanged']));

          const inParts = new Institution(clients, places);
          for (const day of days.toSorted((a, b) => b - a)) {
            const date = addDays(today, -day);
            const part = history
              .filter(({ from, kind }) => from <= date && kind !== 'reservation')
              .map((stay) => known(stay, date));
            expect(outcomes(await inParts.import(part, date)).filter((text) => text.startsWith('error'))).toEqual([]);
          }
          await inParts.import(whole, today);
          expect(clients.map((clientId) => inParts.stays(clientId))).toEqual(
            clients.map((clientId) => atOnce.stays(clientId)),
          );
          expect(new Set(outcomes(await inParts.plan(whole, today)))).toEqual(new Set(['unchanged']));
        },
      ),
      { numRuns: 60 },
    );
  }, 60_000);
});
