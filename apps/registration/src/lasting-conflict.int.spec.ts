import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createClient, mergeClients, updateClient } from '#contracts/registration/clients.js';
import { createOrganisation, updateOrganisation } from '#contracts/registration/structure.js';
import { recordHousingChange } from '#contracts/registration/stays.js';
import { parseCivilDate } from '#calendar/civil-date.js';
import { type Institution, makeInstitution } from './test-support/people-and-places.js';
import { operator, type RunningRegistration, startRegistration } from './test-support/running-registration.js';

let service: RunningRegistration;
let haven: Institution;
const ask: RunningRegistration['ask'] = (caller, request, payload) => service.ask(caller, request, payload);

beforeAll(async () => {
  service = await startRegistration();
  haven = await makeInstitution(ask, 'Haven', 1);
});
afterAll(() => service.close());

/** Does something while somebody else has written a document and does not come to a commit. */
async function whileWritten<T>(collection: string, id: string, work: () => Promise<T>): Promise<T> {
  const session = await service.database.startSession();
  session.startTransaction();
  try {
    const other = service.database.collection<{ _id: string }>(collection);
    await other.updateOne({ _id: id }, { $set: { requestHash: 'being written' } }, { session });
    return await work();
  } finally {
    await session.abortTransaction();
    await session.endSession();
  }
}

const refused = {
  code: 'concurrent-change',
  status: 409,
  messages: {
    nl: 'Iemand anders wijzigde dit op hetzelfde moment. Probeer het opnieuw.',
    en: 'Someone else changed this at the same moment. Try again.',
  },
};

describe('a conflict that does not pass', () => {
  it('is answered as one within the time that an asker waits, and the request can be repeated', async () => {
    const { organisationId } = await ask(operator, createOrganisation, { name: 'Druk', kind: 'institution' });
    const rename = () => ask(operator, updateOrganisation, { organisationId, expectedVersion: 1, name: 'Rustig' });
    await whileWritten('organisations', organisationId, () => expect(rename()).rejects.toMatchObject(refused));
    await expect(rename()).resolves.toMatchObject({ name: 'Rustig', version: 2 });
  }, 30_000);

  it('is the same for records, stays and merges, and leaves nothing half-written', async () => {
    const client = (name: string) => ask(haven.manager, createClient, { familyName: name, notADuplicate: true });
    const { clientId } = await client('Eerste');
    const { clientId: intoClientId } = await client('Tweede');
    const [placeId = ''] = haven.placeIds;
    const outbox = await service.database.collection('outbox').countDocuments();
    await whileWritten('clients', clientId, () =>
      Promise.all(
        [
          expect(ask(haven.manager, updateClient, { clientId, expectedVersion: 1, phone: '0612345678' })).rejects,
          expect(ask(haven.manager, mergeClients, { clientId, intoClientId, reason: 'Dubbel' })).rejects,
          expect(
            ask(haven.manager, recordHousingChange, {
              clientId,
              kind: 'arrival',
              placeId,
              from: parseCivilDate('2026-01-01'),
            }),
          ).rejects,
        ].map((rejected) => rejected.toMatchObject(refused)),
      ),
    );
    expect(await service.database.collection('outbox').countDocuments()).toBe(outbox);
  }, 30_000);
});
