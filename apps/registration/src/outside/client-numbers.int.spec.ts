import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ClientNumberHash } from '#access/client-number-hash.js';
import { type ClientNumberLinked, clientNumberLinked } from '#contracts/registration/facts.js';
import { createOrganisation } from '#contracts/registration/structure.js';
import { type RunningService, startService } from '#platform/run-service.js';
import { RegistrationModule } from '../registration.module.js';
import { ImportDesk } from '../test-support/import-files.js';
import {
  operator,
  personWith,
  type RunningRegistration,
  startRegistration,
} from '../test-support/running-registration.js';
import { ClientNumbers } from './client-numbers.js';

describe("clients' numbers", () => {
  let first: RunningRegistration;
  const later: RunningService[] = [];
  let organisationId: string;

  beforeAll(async () => {
    first = await startRegistration();
    const made = await first.ask(operator, createOrganisation, { name: 'De Haven', kind: 'institution' });
    organisationId = made.organisationId;
    const haven = new ImportDesk(first.ask, personWith('clientmanager', { organisationId }));
    const file = 'clientnummer;achternaam\n123456782;Jansen\nHV-2;Bakker\n';
    for (const done of [2, 0]) expect((await haven.import('clients', file)).rows).toMatchObject({ done });
  }, 60_000);
  afterAll(async () => {
    await Promise.all(later.map((service) => service.stop()));
    await first.close();
  }, 60_000);

  const told = async (): Promise<ClientNumberLinked[]> =>
    (await first.facts(clientNumberLinked.type)).map(({ data }) => data as ClientNumberLinked);
  const hashOf = (number: string): string => first.get(ClientNumberHash).of(organisationId, number);
  const clientOf = async (number: string): Promise<string> => {
    const link = await first.database.collection('external_ids').findOne({ kind: 'client', number });
    return String(link?.['targetId']);
  };

  it('are told once, as a hash: an institution may use anything as a number', async () => {
    const facts = await told();
    expect(facts).toEqual([
      { organisationId, numberHash: hashOf('123456782'), clientId: await clientOf('123456782'), version: 1 },
      { organisationId, numberHash: hashOf('hv-2'), clientId: await clientOf('HV-2'), version: 1 },
    ]);
    expect(JSON.stringify(await first.facts())).not.toMatch(/123456782|HV-2/);
  });

  it('are told again when they come to stand for somebody else, in order', async () => {
    const [one, two] = [await clientOf('123456782'), await clientOf('HV-2')];
    const numbers = first.get(ClientNumbers);
    await Promise.all([numbers.point(organisationId, 'HV-2', one), numbers.point(organisationId, 'HV-2', one)]);
    await numbers.point(organisationId, 'HV-2', two);
    const ofNumber = (await told()).filter(({ numberHash }) => numberHash === hashOf('HV-2'));
    expect(ofNumber.map(({ clientId, version }) => [clientId, version])).toEqual([
      [two, 1],
      [one, 2],
      [two, 3],
    ]);
  });

  it('of an earlier version are told once', async () => {
    const before = await told();
    const restart = async () =>
      later.push(await startService('registration', first.config, (config) => RegistrationModule.with(config)));
    await restart();
    expect(await told()).toEqual(before);
    // As it was before: nobody was told of them, and nothing counted what they stood for.
    await first.database.collection<{ _id: string }>('claims').deleteOne({ _id: /^upgrade:client-numbers-told/ });
    await first.database.collection('external_ids').updateMany({}, { $unset: { version: 1 } });
    await restart();
    await restart();
    const since = (await told()).slice(before.length);
    expect(since.map(({ numberHash, version }) => [numberHash, version]).sort()).toEqual(
      [
        [hashOf('123456782'), 1],
        [hashOf('HV-2'), 1],
      ].sort(),
    );
  }, 60_000);
});
