import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { Refusal } from '#contracts/refusal.js';
import { createOrganisation } from '#contracts/registration/structure.js';
import { Database } from '#persistence/database.js';
import { type RunningService, startService } from '#platform/run-service.js';
import { waitFor } from '#testing/wait-for.js';
import { ClientsService } from '../clients/clients.service.js';
import { RegistrationModule } from '../registration.module.js';
import { PlacesService } from '../structure/places.service.js';
import { ImportDesk } from '../test-support/import-files.js';
import {
  operator,
  personWith,
  type RunningRegistration,
  startRegistration,
} from '../test-support/running-registration.js';
import { ImportsService } from '#imports/imports.service.js';

const COUNT = 60;
const numbers = Array.from({ length: COUNT }, (_, index) => String(index + 1).padStart(3, '0'));
const lines = (header: string, line: (number: string) => string) => [header, ...numbers.map(line)].join('\n');

let registration: RunningRegistration;
let second: RunningService | undefined;
let organisationId: string;

beforeAll(async () => {
  registration = await startRegistration();
  const made = await registration.ask(operator, createOrganisation, { name: 'De Haven', kind: 'institution' });
  organisationId = made.organisationId;
}, 60_000);
afterAll(async () => {
  await second?.stop();
  // The first process lost its database on purpose; whatever it says about that is no finding.
  await registration.close().catch(() => undefined);
}, 30_000);

describe('a row that others write at the same moment', () => {
  it('is tried again, whatever it is about', async () => {
    const caller = personWith('clientmanager', { organisationId });
    const [haven, desk] = [new ImportDesk(registration.ask, caller), new ImportDesk(registration.ask, operator)];
    // As a row that a process had in hand when it died: its transaction holds what it wrote for longer than a unit of work waits.
    const busy = () => Refusal.of('concurrent-change');
    jest.spyOn(registration.get(PlacesService), 'createPlace').mockRejectedValueOnce(busy());
    jest
      .spyOn(registration.get(ClientsService), 'register')
      .mockRejectedValueOnce(busy())
      .mockRejectedValueOnce(busy());
    const columns = 'instelling;locatie;cluster;plekcode;pleknaam;soort;zwaarte;financiering';
    const place = 'De Haven;Kade;Steiger;B-1;Steiger 1;opvang;light;inside-chain';
    expect((await desk.import('places', [columns, place].join('\n'))).rows).toMatchObject({ done: 1, refused: 0 });
    const clients = await haven.import('clients', 'clientnummer;achternaam\nB-1;Bezet\nB-2;Vrij');
    expect(clients.rows).toMatchObject({ done: 2, refused: 0 });
  });
});

describe('a process that dies while it carries out a file', () => {
  it('is taken over by another, and nothing is lost or doubled', async () => {
    const caller = personWith('clientmanager', { organisationId });
    const [haven, desk] = [new ImportDesk(registration.ask, caller), new ImportDesk(registration.ask, operator)];
    const places = 'instelling;locatie;cluster;plekcode;pleknaam;soort;zwaarte;financiering';
    await desk.import(
      'places',
      lines(places, (n) => `De Haven;Kade;Groep;P-${n};Kamer ${n};opvang;light;inside-chain`),
    );
    await haven.import(
      'clients',
      lines('clientnummer;achternaam', (n) => `C-${n};Naam${n}`),
    );
    const stays = lines(
      'regelnummer;clientnummer;plekcode;soort;van;tot',
      (n) => `R-${n};C-${n};P-${n};verblijf;1-1-2026;`,
    );
    const { importId } = await haven.preview('stays', stays);
    await haven.commit(importId);
    const rows = registration.database.collection('import_rows');
    const done = () => rows.countDocuments({ importId, outcome: 'done' });
    await waitFor(async () => (await done()) >= 5, { timeout: 20_000, what: 'the first rows' });
    // As in a kill: from one moment to the next nothing that the process does has any effect.
    await registration.get(Database).connection.close(true);
    const before = await done();
    expect(before).toBeLessThan(COUNT);

    second = await startService('registration', registration.config, (config) => RegistrationModule.with(config));
    const service = second.app.get(ImportsService, { strict: false });
    await waitFor(async () => (await service.get(importId, caller)).state === 'completed', {
      timeout: 60_000,
      what: 'the end of the import',
    });
    expect((await service.get(importId, caller)).rows).toMatchObject({ done: COUNT, refused: 0, errors: 0 });
    const facts = await registration.facts('nl.doorstroom.registration.housing-situation-changed.v1');
    expect(facts).toHaveLength(COUNT);
    expect(new Set(facts.map(({ partitionkey }) => partitionkey)).size).toBe(COUNT);
    const occupied = await registration.database
      .collection('places')
      .find({ 'ledger.occupations.0': { $exists: true } })
      .toArray();
    expect(occupied).toHaveLength(COUNT);
  }, 120_000);
});
