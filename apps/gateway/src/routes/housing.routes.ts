import { getClientHousing, recordHousingChange, swapPlaces, undoHousingChange } from '#contracts/registration/stays.js';
import { type AnyRoute, route } from '../http/route.js';

const tag = 'housing';
const client = '0192f6a8-0000-7000-8000-00000000c001';
const place = '0192f6a8-0000-7000-8000-00000000a001';

/** Hotelregistratie: who stays where, and its changes. */
export const housingRoutes: AnyRoute[] = [
  route({
    method: 'GET',
    path: '/v1/clients/{clientId}/housing',
    request: getClientHousing,
    tag,
    summary: 'Stays and changes of a client, as known now or at an earlier version or moment',
    etag: 'version',
    withNames: true,
  }),
  route({
    method: 'POST',
    path: '/v1/clients/{clientId}/housing-changes',
    request: recordHousingChange,
    tag,
    summary: 'Record an arrival, move, reservation, leave, return, departure, correction or cancellation',
    status: 201,
    etag: 'version',
    location: '/v1/clients/{clientId}/housing',
    examples: {
      body: { kind: 'arrival', placeId: place, from: '2026-03-01' },
      reply: {
        clientId: client,
        changeId: '0192f6a8-0000-7000-8000-00000000d001',
        kind: 'arrival',
        version: 1,
        effectiveOn: '2026-03-01',
        recordedAt: '2026-03-01T09:12:44.120Z',
        stayIds: ['0192f6a8-0000-7000-8000-00000000e001'],
      },
    },
  }),
  route({
    method: 'POST',
    path: '/v1/clients/{clientId}/housing-changes/{changeId}/undo',
    request: undoHousingChange,
    tag,
    summary: 'Take back the last change of a client that you made yourself',
    status: 201,
    etag: 'version',
    examples: { body: {} },
  }),
  route({
    method: 'POST',
    path: '/v1/housing-swaps',
    request: swapPlaces,
    tag,
    summary: 'Let two clients take each other’s place in one step',
    status: 201,
    examples: {
      body: {
        date: '2026-03-01',
        first: { clientId: client, expectedVersion: 3 },
        second: { clientId: '0192f6a8-0000-7000-8000-00000000c002' },
      },
    },
  }),
];
