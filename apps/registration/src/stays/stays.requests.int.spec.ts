import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parseCivilDate } from '#calendar/civil-date.js';
import { getBoard, getOccupancy, listVacancies } from '#contracts/registration/occupancy.js';
import { getClientHousing, recordHousingChange, swapPlaces, undoHousingChange } from '#contracts/registration/stays.js';
import { acceptOffer, listWaiting, offerPlace, registerWaiting } from '#contracts/registration/waiting-list.js';
import { ClientModel } from '../clients/client.schema.js';
import { PlaceModel } from '../structure/place.schema.js';
import { StructureModels } from '../structure/structure.schema.js';
import {
  operator,
  personWith,
  type RunningRegistration,
  startRegistration,
} from '../test-support/running-registration.js';
import { aClient, aPlaceDocument } from './stays-world.fixture.js';

const d = parseCivilDate;
const manager = personWith('clientmanager', { organisationId: 'haven' });
const other = personWith('clientmanager', { organisationId: 'brug' });
const regisseur = personWith('trajectregisseur', { clusterIds: ['haven-1'] });
let registration: RunningRegistration;

beforeAll(async () => {
  registration = await startRegistration();
  const registered = { registeredByOrganisationId: 'haven', relatedOrganisationIds: ['haven'] };
  await registration
    .get(ClientModel)
    .model.insertMany(['noor', 'sem', 'zoe'].map((clientId) => aClient(clientId, registered)));
  const inHaven = { organisationId: 'haven', clusterId: 'haven-1' };
  await registration
    .get(PlaceModel)
    .model.insertMany(['A', 'B', 'C'].map((placeId) => aPlaceDocument(placeId, inHaven)));
  await registration.get(StructureModels).clusters.insertMany([
    {
      _id: 'haven-1',
      version: 1,
      name: 'De Haven 1',
      nameKey: 'de haven 1',
      requestHash: 'test',
      below: 0,
      locationId: 'location',
      organisationId: 'haven',
    },
  ]);
});

afterAll(async () => {
  await registration.close();
});

/** Operations in the access log, oldest first. */
async function logged(): Promise<unknown[]> {
  return registration.accesses();
}

describe('housing over the broker', () => {
  it('records changes, answers them, and logs who read and changed what', async () => {
    const arrive = { kind: 'arrival', from: d('2026-01-05'), idempotencyKey: 'arrive' } as const;
    const noor = await registration.ask(manager, recordHousingChange, { ...arrive, clientId: 'noor', placeId: 'A' });
    expect(noor).toMatchObject({ clientId: 'noor', kind: 'arrival', version: 1, effectiveOn: '2026-01-05' });
    const again = { ...arrive, clientId: 'noor', placeId: 'A' };
    expect(await registration.ask(manager, recordHousingChange, again)).toEqual(noor);
    const sem = { ...arrive, idempotencyKey: 'sem', clientId: 'sem', placeId: 'B' };
    await registration.ask(manager, recordHousingChange, sem);
    const swap = {
      date: d('2026-01-10'),
      first: { clientId: 'noor', expectedVersion: 1 },
      second: { clientId: 'sem' },
    };
    const swapped = await registration.ask(manager, swapPlaces, swap);
    expect(swapped.changes.map(({ clientId, version }) => [clientId, version])).toEqual([
      ['noor', 2],
      ['sem', 2],
    ]);
    const housing = await registration.ask(regisseur, getClientHousing, { clientId: 'noor' });
    expect(housing).toMatchObject({ version: 2, status: 'housed', current: { placeId: 'B' } });
    const undo = { clientId: 'noor', changeId: swapped.changes[0].changeId };
    expect(await registration.ask(manager, undoHousingChange, undo)).toMatchObject({
      kind: 'cancellation',
      version: 3,
    });
    expect(await logged()).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          action: 'read',
          operation: 'registration.stays.get',
          actorId: regisseur.personId,
          subjects: [{ clientId: 'noor', ground: 'own-caseload' }],
        }),
        expect.objectContaining({
          action: 'update',
          operation: 'registration.stays.swap',
          subjects: [
            { clientId: 'noor', ground: 'own-institution' },
            { clientId: 'sem', ground: 'own-institution' },
          ],
        }),
      ]),
    );
  });

  it('refuses with code, field and both languages', async () => {
    const taken = { clientId: 'zoe', kind: 'arrival', placeId: 'A', from: d('2026-02-01') } as const;
    await expect(registration.ask(manager, recordHousingChange, taken)).rejects.toMatchObject({
      code: 'place-occupied',
      status: 409,
      fields: [{ path: 'placeId', nl: expect.stringContaining('bezet'), en: expect.stringContaining('occupied') }],
    });
    await expect(registration.ask(other, getClientHousing, { clientId: 'noor' })).rejects.toMatchObject({
      code: 'not-found',
    });
    await expect(registration.ask(operator, getOccupancy, {})).rejects.toMatchObject({ code: 'not-permitted' });
  });

  it('shows overviews', async () => {
    const occupancy = await registration.ask(manager, getOccupancy, { on: d('2026-01-20') });
    expect(occupancy.items.map(({ state, stay }) => [state, stay?.clientId])).toEqual([
      ['occupied', 'noor'],
      ['occupied', 'sem'],
      ['free', undefined],
    ]);
    const period = { clusterId: 'haven-1', from: d('2026-01-01'), until: d('2026-03-01') };
    expect((await registration.ask(regisseur, getBoard, period)).items).toHaveLength(3);
    expect((await registration.ask(other, listVacancies, { on: d('2026-01-20') })).items).toMatchObject([
      { placeId: 'C' },
    ]);
  });

  it('leads from the waiting list to a reservation', async () => {
    const wish = { clientId: 'zoe', kind: 'opvang', zwaarte: 'medium', urgency: 'urgent' } as const;
    const { entryId } = await registration.ask(manager, registerWaiting, wish);
    const answerBy = d(new Date(Date.now() + 5 * 86_400_000).toISOString().slice(0, 10));
    const { offerId = '' } = await registration.ask(manager, offerPlace, { entryId, placeId: 'C', answerBy });
    expect((await registration.ask(regisseur, listWaiting, {})).items).toMatchObject([{ position: 1, offers: [] }]);
    const placed = await registration.ask(manager, acceptOffer, { entryId, offerId });
    expect(placed).toMatchObject({ status: 'placed', clientId: 'zoe' });
    expect(await registration.ask(regisseur, getClientHousing, { clientId: 'zoe' })).toMatchObject({
      status: 'reserved',
      planned: { placeId: 'C', state: 'reserved' },
    });
  });
});
