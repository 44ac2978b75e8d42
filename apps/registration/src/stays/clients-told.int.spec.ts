import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createClient } from '#contracts/registration/clients.js';
import { type ClientKnown, clientKnown } from '#contracts/registration/facts.js';
import { recordHousingChange } from '#contracts/registration/stays.js';
import { parseCivilDate } from '#calendar/civil-date.js';
import { type RunningService, startService } from '#platform/run-service.js';
import { RegistrationModule } from '../registration.module.js';
import { type Institution, makeInstitution } from '../test-support/people-and-places.js';
import { type RunningRegistration, startRegistration } from '../test-support/running-registration.js';

describe('clients of an earlier version', () => {
  let first: RunningRegistration;
  const later: RunningService[] = [];
  let haven: Institution;

  beforeAll(async () => {
    first = await startRegistration();
    haven = await makeInstitution(first.ask, 'Haven', 1);
  }, 60_000);
  afterAll(async () => {
    await Promise.all(later.map((service) => service.stop()));
    await first.close();
  }, 60_000);

  const restart = async (): Promise<void> => {
    later.push(await startService('registration', first.config, (config) => RegistrationModule.with(config)));
  };
  const told = async (): Promise<ClientKnown[]> =>
    (await first.facts(clientKnown.type)).map(({ data }) => data as ClientKnown);

  it('are told of once, with where they stay; who came since is not', async () => {
    const make = async (familyName: string): Promise<string> =>
      (await first.ask(haven.manager, createClient, { familyName, notADuplicate: true })).clientId;
    const housed = await make('Gehuisvest');
    const waiting = await make('Wachtend');
    const { organisationId, clusterId } = haven;
    const [placeId] = haven.placeIds;
    const from = parseCivilDate('2026-01-10');
    await first.ask(haven.manager, recordHousingChange, {
      clientId: housed,
      kind: 'arrival',
      from,
      placeId: placeId ?? '',
    });
    await restart();
    expect(await told()).toEqual([]);
    // As it was before: nobody was told of them.
    await first.database.collection<{ _id: string }>('claims').deleteOne({ _id: 'upgrade:clients-told' });
    await restart();
    await restart();
    const facts = await told();
    expect(facts.map(({ clientId }) => clientId).sort()).toEqual([housed, waiting].sort());
    expect(facts.find(({ clientId }) => clientId === housed)).toEqual({
      clientId: housed,
      housingVersion: 1,
      recordVersion: 1,
      recordedAt: expect.any(String),
      relatedOrganisationIds: [organisationId],
      relatedClusterIds: [clusterId],
      presence: [{ stayId: expect.any(String), from: '2026-01-10', clusterId, organisationId }],
      leaves: [],
    });
    expect(facts.find(({ clientId }) => clientId === waiting)).toMatchObject({
      housingVersion: 0,
      relatedOrganisationIds: [organisationId],
      presence: [],
    });
  }, 60_000);
});
