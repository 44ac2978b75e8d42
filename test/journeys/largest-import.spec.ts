import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startSystem, type TestSystem } from '#testing/system.js';
import { waitFor } from '#testing/wait-for.js';
import { type ImportSummary, MAX_IMPORT_ROWS } from '../../libs/contracts/src/imports/imports.ts';
import { sendFile } from '../support/files.ts';
import { makeWorld, type World } from '../support/world.ts';

const MINUTE = 60_000;
const COLUMNS =
  'clientnummer;voornamen;tussenvoegsel;achternaam;geboortedatum;straat;huisnummer;postcode;woonplaats;telefoon;email;gemeente_van_herkomst;taal;zwaarte';

/** A file with every column filled, as an export of a whole institution is. */
function file(prefix: string, rows: number): Buffer {
  const lines = Array.from({ length: rows }, (_, index) => {
    const n = String(index);
    const name = prefix + n.replace(/\d/g, (digit) => 'abcdefghij'[Number(digit)] ?? '');
    const born = `${String((index % 28) + 1)}-${String((index % 12) + 1)}-${String(1960 + (index % 45))}`;
    return `${prefix}-${n};Voor${name};van der;Achter${name};${born};Lange Hereweg;${n};1234 AB;Havenstad aan Zee;06-${String(10_000_000 + index)};${name}@example.org;Havenstad aan Zee;nl;medium`;
  });
  return Buffer.from([COLUMNS, ...lines].join('\r\n'));
}

/** A file of the largest size may not take the service down: it reads at most two at the same time. */
describe('the largest files that are allowed', () => {
  let system: TestSystem;
  let world: World;

  beforeAll(async () => {
    system = await startSystem({ logLevel: 'warn' });
    world = await makeWorld(system, { places: 1, clients: 0 });
  }, 2 * MINUTE);

  afterAll(() => system.close(), MINUTE);

  it(
    'are read, two at once, within the heap of the service, and one row more is refused',
    async () => {
      const { pid } = system.part('registration');
      const samira = await world.as('samira');
      const door = await world.doorOf('samira');
      const send = async (name: string, rows: number) => {
        const answer = await sendFile(door, 'clients', file(name, rows), name);
        const { importId } = JSON.parse(answer.text) as { importId: string };
        return importId;
      };
      const importIds = await Promise.all([send('een', MAX_IMPORT_ROWS), send('twee', MAX_IMPORT_ROWS)]);
      const read = (importId: string) =>
        waitFor(
          async () => {
            const now = await samira.get<ImportSummary>(`/v1/imports/${importId}`);
            return ['previewed', 'failed'].includes(now.state) ? now : undefined;
          },
          { timeout: 5 * MINUTE, interval: 500, what: 'the file is read' },
        );
      for (const importId of importIds) {
        expect(await read(importId)).toMatchObject({ state: 'previewed', rows: { total: MAX_IMPORT_ROWS, errors: 0 } });
      }
      const tooLong = await read(await send('drie', MAX_IMPORT_ROWS + 1));
      expect(tooLong).toMatchObject({ state: 'failed', problem: { code: 'file-too-many-rows' } });
      expect(system.part('registration').pid).toBe(pid);
    },
    6 * MINUTE,
  );
});
