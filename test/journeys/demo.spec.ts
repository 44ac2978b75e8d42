import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startSystem, type TestSystem } from '#testing/system.js';
import type { ZrmClient } from '../../libs/contracts/src/assessment/clients.ts';
import type { ZrmTimeliness } from '../../libs/contracts/src/assessment/timeliness.ts';
import type { MeasurementListed } from '../../libs/contracts/src/assessment/measurements.ts';
import type { Melding, MeldingCounts } from '../../libs/contracts/src/notifications/meldingen.ts';
import type { Page } from '../../libs/contracts/src/paging.ts';
import type { ClientSummary, DataQuality } from '../../libs/contracts/src/registration/client-shapes.ts';
import type { ImportSummary } from '../../libs/contracts/src/imports/imports.ts';
import type {
  BedNights,
  OccupancyOnDate,
  PlaceOnDate,
  Vacancy,
} from '../../libs/contracts/src/registration/occupancy.ts';
import { INSTITUTIONS } from '../../examples/institutions.ts';
import { inDays, today } from '../support/days.ts';
import { signInto, type SignIn } from '../support/sign-in.ts';

const MINUTE = 60_000;
const MANAGERS = ['samira', 'joost', 'fatma'];

/** The demo: files and events of three institutions, a year of history, through the real doors (issue, examples). */
describe('the demo data', () => {
  let system: TestSystem;
  let people: SignIn;

  // Loading ends with an error when a row of a file or an event is refused.
  beforeAll(async () => {
    system = await startSystem({ demoData: true, logLevel: 'warn' });
    people = signInto(system);
  }, 10 * MINUTE);

  afterAll(async () => system.close(), MINUTE);

  it('was imported whole: no row refused or wrong', async () => {
    const doors = [
      ...[...MANAGERS, 'beheer'].map((name) => ({ name, path: '/v1/imports' })),
      ...MANAGERS.map((name) => ({ name, path: '/v1/zrm-imports' })),
    ];
    for (const { name, path } of doors) {
      const imports = await (await people.as(name)).all<ImportSummary>(path);
      expect(imports.length).toBeGreaterThan(0);
      for (const { fileName, state, rows } of imports) {
        expect({ fileName, state, errors: rows.errors, refused: rows.refused }).toEqual({
          fileName,
          state: 'completed',
          errors: 0,
          refused: 0,
        });
        expect(rows.done).toBe(rows.total);
      }
    }
  });

  it('shows each institution its own clients and places, and no others', async () => {
    const seen = new Set<string>();
    for (const { organisation, manager, clients, clusters } of INSTITUTIONS) {
      const api = await people.as(manager);
      const found = await api.post<Page<ClientSummary>>('/v1/clients/search', { limit: 1 });
      expect({ organisation, clients: found.total }).toEqual({ organisation, clients });
      const places = await allPlaces(manager, today());
      expect({ organisation, places: places.length }).toEqual({
        organisation,
        places: clusters.reduce((sum, cluster) => sum + cluster.places, 0),
      });
      for (const { placeId } of places) {
        expect(seen.has(placeId)).toBe(false);
        seen.add(placeId);
      }
    }
  });

  it('counts places, vacancies and nights that agree with each other', async () => {
    for (const name of MANAGERS) {
      const api = await people.as(name);
      const { counts } = await api.get<OccupancyOnDate>(`/v1/occupancy?on=${today()}&limit=1`);
      const places = await allPlaces(name, today());
      const free = places.filter(({ state }) => state === 'free');
      expect(counts.free).toBe(free.length);
      expect(Object.values(counts).reduce((sum, count) => sum + count)).toBe(places.length);
      expect(counts.occupied).toBeGreaterThan(places.length / 4);
      const vacancies = await api.all<Vacancy>('/v1/vacancies');
      const own = new Set(places.map(({ placeId }) => placeId));
      const ownVacancies = vacancies.filter(({ placeId }) => own.has(placeId));
      expect(ownVacancies.map(({ placeId }) => placeId).sort()).toEqual(free.map(({ placeId }) => placeId).sort());

      const [from, until] = [inDays(-14), inDays(-7)];
      const nights = await api.get<BedNights>(`/v1/bed-nights?from=${from}&until=${until}&groupBy=organisation`);
      let occupied = 0;
      for (let day = -14; day < -7; day += 1) {
        const then = await allPlaces(name, inDays(day));
        occupied += then.filter(({ state }) => state === 'occupied' || state === 'on-leave').length;
      }
      const mine = nights.groups.filter(({ suppressed }) => !suppressed);
      expect(mine.reduce((sum, group) => sum + (group.occupied ?? 0), 0)).toBe(occupied);
      expect(mine.reduce((sum, group) => sum + group.available, 0)).toBe(places.length * 7);
    }
  }, 30_000);

  it('gives policy only totals', async () => {
    const policy = await people.as('hassan');
    const from = inDays(-60);
    const nights = await policy.get<BedNights>(`/v1/bed-nights?from=${from}&until=${inDays(-1)}&groupBy=cluster`);
    expect(nights.groups.length).toBeGreaterThan(5);
    for (const { suppressed, clients } of nights.groups) {
      expect(suppressed ? clients === undefined : (clients ?? 0) >= 5).toBe(true);
    }
    await expect(policy.post('/v1/clients/search', {})).rejects.toMatchObject({ status: 403 });
  });

  it('has a quarter of the ZRM to show to policy, as it was known once', async () => {
    const policy = await people.as('hassan');
    // So long ago that its figures were fixed whatever day it is, and within the year of the demo.
    const [year = '', month = ''] = inDays(-210).split('-');
    const first = Math.floor((Number(month) - 1) / 3) * 3 + 1;
    const from = `${year}-${String(first).padStart(2, '0')}-01`;
    const until = first === 10 ? `${Number(year) + 1}-01-01` : `${year}-${String(first + 3).padStart(2, '0')}-01`;
    const figures = await policy.get<ZrmTimeliness>(`/v1/zrm-timeliness?from=${from}&until=${until}`);
    expect(figures.fixed).toBe(true);
    expect(figures.items.length).toBeGreaterThan(1);
    expect(figures.region?.fellDue).toBeGreaterThan(20);
    expect(await policy.get<ZrmTimeliness>(`/v1/zrm-timeliness?from=${from}&until=${until}`)).toEqual(figures);
  });

  it('lists who misses what, with the shares per institution', async () => {
    const quality = await (await people.as('samira')).get<DataQuality>('/v1/data-quality?limit=200');
    expect(quality.items.length).toBeGreaterThan(0);
    expect(quality.items.every(({ missing }) => missing.length > 0)).toBe(true);
    const [share] = quality.organisations;
    // Only who is in the chain now counts.
    const { counts } = await (await people.as('samira')).get<OccupancyOnDate>(`/v1/occupancy?on=${today()}&limit=1`);
    expect(share?.clients).toBeGreaterThanOrEqual(counts.occupied + counts['on-leave']);
    // The list also has clients whom an institution only expects, or who left; they are not counted with it.
    expect(share?.complete).toBeGreaterThanOrEqual((share?.clients ?? 0) - quality.items.length);
    expect(share?.complete).toBeLessThan(share?.clients ?? 0);
  });

  it('has told every regisseur of the changes in their clusters, and nobody else', async () => {
    for (const name of ['noor', 'daan']) {
      const api = await people.as(name);
      const meldingen = await api.all<Melding>('/v1/meldingen?limit=200');
      expect(meldingen.length).toBeGreaterThan(20);
      const counts = await api.get<MeldingCounts>('/v1/meldingen/counts');
      // What a colleague of the same cluster was first to acknowledge is in the list too.
      const told = counts.open + counts.snoozed + counts.acknowledged + counts.pickedUp;
      expect(told).toBeGreaterThanOrEqual(meldingen.length);
      expect(counts.unassigned ?? 0).toBe(0);
      // What is long past was acknowledged by the load; what is recent or planned waits.
      expect(counts.acknowledged).toBeGreaterThan(10);
      expect(counts.open).toBeGreaterThan(0);
      expect(counts.open).toBeLessThan(counts.acknowledged);
    }
    expect(await (await people.as('ruben')).all<Melding>('/v1/meldingen')).toEqual([]);
  });

  it('shows a year of ZRMs: who moves, who misses something, and the versions of before', async () => {
    const found = { all: 0, withLatest: 0, lacking: 0, drops: 0, versions: new Set<string>() };
    for (const name of MANAGERS) {
      const api = await people.as(name);
      const clients = await api.all<ZrmClient>('/v1/zrm-clients?list=all&limit=200');
      found.all += clients.length;
      found.withLatest += clients.filter(({ latest }) => latest !== undefined).length;
      found.lacking += clients.filter(({ lacks }) => lacks.length > 0).length;
      found.drops += clients.filter(({ findings }) => findings.some(({ kind }) => kind === 'drop')).length;
      const longest = clients.toSorted((a, b) => a.since.localeCompare(b.since)).slice(0, 5);
      for (const { clientId } of longest) {
        const zrms = await api.all<MeasurementListed>(`/v1/clients/${clientId}/zrms`);
        for (const { matrixVersion } of zrms) found.versions.add(matrixVersion);
      }
    }
    expect(found.withLatest).toBeGreaterThan(found.all * 0.7);
    expect(found.lacking).toBeGreaterThan(0);
    expect(found.lacking).toBeLessThan(found.all / 2);
    expect(found.drops).toBeGreaterThan(0);
    expect(found.versions).toContain('2017');
    expect(found.versions.size).toBeGreaterThan(1);
  });

  it('tells regisseurs of the ZRMs of these days only, and reminds nobody of history', async () => {
    const told = (
      await Promise.all(
        ['noor', 'daan'].map(async (name) => (await people.as(name)).all<Melding>('/v1/meldingen?limit=200')),
      )
    )
      .flat()
      .flatMap(({ parts }) => parts)
      .filter(({ eventType }) => eventType.startsWith('nl.doorstroom.assessment.'));
    expect(told.length).toBeGreaterThan(0);
    expect(told.length).toBeLessThan(30);
    expect(told.some(({ codes }) => 'drop' in codes)).toBe(true);
    for (const { eventType, effectiveOn = '' } of told) {
      expect(eventType).toBe('nl.doorstroom.assessment.zrm-submitted.v1');
      expect(effectiveOn >= inDays(-15)).toBe(true);
    }
  });

  async function allPlaces(name: string, on: string): Promise<PlaceOnDate[]> {
    return (await people.as(name)).all<PlaceOnDate>(`/v1/occupancy?on=${on}&limit=200`);
  }
});
