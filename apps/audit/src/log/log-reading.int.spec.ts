import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { v7 as uuidv7 } from 'uuid';
import { listClientAccess, listPersonAccess } from '#contracts/audit/access-log.js';
import { accessLogged } from '#contracts/audit/access-logged.js';
import { clientChanged, type HousingSituationChanged, housingSituationChanged } from '#contracts/registration/facts.js';
import { waitFor } from '#testing/wait-for.js';
import { accessOf, callerAs, eventOf, type RunningAudit, startAudit } from '../test-support/running-audit.js';

let audit: RunningAudit;
const regisseur = callerAs('trajectregisseur', { personId: 'fatima', clusterIds: ['cluster-1'] });
const manager = callerAs('clientmanager', { personId: 'johan', organisationId: 'haven' });
const DAY = 86_400_000;

function housing(clientId: string, changes: Partial<HousingSituationChanged>): HousingSituationChanged {
  return {
    clientId,
    changeId: `arrival-of-${clientId}`,
    version: 1,
    kind: 'arrival',
    effectiveOn: '2026-03-01',
    recordedAt: '2026-03-01T09:00:00Z',
    recordedBy: 'johan',
    channel: 'person',
    organisationId: 'haven',
    clusterId: 'cluster-1',
    reasons: {},
    ...changes,
  };
}

function tell(change: HousingSituationChanged): Promise<void> {
  return audit.publish(housingSituationChanged, [eventOf(housingSituationChanged, change.clientId, change)]);
}

beforeAll(async () => {
  audit = await startAudit();
  await tell(housing('c1', {}));
  await tell(housing('c2', { organisationId: 'elders', clusterId: 'cluster-9' }));
  const days = [0, 1, 20, 45, 100, 300, 500, 800];
  const ofC1 = days.map((ago) => accessOf('c1', { at: new Date(Date.now() - ago * DAY).toISOString() }));
  // The oldest first, as they happened.
  for (const event of ofC1.toReversed()) await audit.publish(accessLogged, [event]);
  await audit.publish(accessLogged, [accessOf('c2', { actorId: 'other', correlationId: 'trace-2' })]);
  await audit.logged(9);
  await waitFor(async () => (await audit.database.collection('client_relations').countDocuments({})) === 2);
});
afterAll(() => audit.close());

describe('the log of a client', () => {
  it('is read by those who have to do with the client, newest first, page after page', async () => {
    for (const caller of [regisseur, manager]) {
      const seen: string[] = [];
      let cursor: string | undefined;
      do {
        const page = await audit.ask(caller, listClientAccess, {
          clientId: 'c1',
          limit: 3,
          ...(cursor ? { cursor } : {}),
        });
        seen.push(...page.items.filter(({ operation }) => operation.startsWith('registration')).map(({ at }) => at));
        cursor = page.nextCursor;
      } while (cursor);
      expect(seen).toHaveLength(8);
      expect(seen).toEqual(seen.toSorted().toReversed());
    }
  });

  it('is limited to a period', async () => {
    const page = await audit.ask(regisseur, listClientAccess, {
      clientId: 'c1',
      from: new Date(Date.now() - 400 * DAY).toISOString(),
      until: new Date(Date.now() - 30 * DAY).toISOString(),
    });
    expect(page.items).toHaveLength(3);
    expect(page.items[0]).toMatchObject({
      actorId: 'fatima',
      ground: 'own-caseload',
      operation: 'registration.clients.get',
    });
  });

  it('does not exist for others', async () => {
    const others = [
      callerAs('clientmanager', { organisationId: 'elders' }),
      callerAs('trajectregisseur', { clusterIds: ['cluster-9'] }),
    ];
    for (const caller of others) {
      await expect(audit.ask(caller, listClientAccess, { clientId: 'c1' })).rejects.toMatchObject({
        code: 'not-found',
      });
    }
    await expect(audit.ask(manager, listClientAccess, { clientId: 'unknown' })).rejects.toMatchObject({
      code: 'not-found',
    });
    await expect(audit.ask(callerAs('beheerder'), listClientAccess, { clientId: 'c1' })).rejects.toMatchObject({
      code: 'not-permitted',
    });
  });

  it('tells of its own reading', async () => {
    const reader = callerAs('trajectregisseur', { personId: 'curious', clientIds: ['c2'] });
    await audit.ask(reader, listClientAccess, { clientId: 'c2' });
    const entry = await waitFor(() => audit.entries.findOne({ actorId: 'curious' }), { timeout: 10_000 });
    expect(entry).toMatchObject({
      operation: 'audit.clients.list',
      action: 'read',
      subjects: [{ clientId: 'c2', ground: 'own-caseload' }],
    });
  });

  it('follows the relations of the client: registered, cancelled, merged', async () => {
    await audit.publish(clientChanged, [
      eventOf(clientChanged, 'c3', {
        clientId: 'c3',
        change: 'registered',
        fields: ['name'],
        organisationId: 'haven',
        version: 1,
      }),
    ]);
    await waitFor(() => audit.ask(manager, listClientAccess, { clientId: 'c3' }), { timeout: 10_000 });

    // A cancellation may come before what it cancels.
    await tell(housing('c4', { changeId: 'c4-cancelled', kind: 'cancellation', undoes: 'arrival-of-c4', version: 2 }));
    await tell(housing('c4', {}));
    await tell(housing('c5', {}));
    await waitFor(() => audit.ask(manager, listClientAccess, { clientId: 'c5' }), { timeout: 10_000 });
    await expect(audit.ask(manager, listClientAccess, { clientId: 'c4' })).rejects.toMatchObject({ code: 'not-found' });

    const merged = { clientId: 'c2', change: 'merged' as const, fields: [], mergedInto: 'c5', version: 2 };
    await audit.publish(clientChanged, [eventOf(clientChanged, 'c2', merged)]);
    await waitFor(
      async () => {
        const page = await audit.ask(manager, listClientAccess, { clientId: 'c5' });
        return page.items.some(({ correlationId }) => correlationId === 'trace-2');
      },
      { timeout: 10_000, what: 'the entries of the merged record' },
    );
  });
});

describe('after a transfer to another institution', () => {
  it('the earlier one reads its own time and its own staff, the present one everything', async () => {
    const at = (day: number) => new Date(Date.now() - (10 - day) * DAY).toISOString();
    const related = (version: number, day: number, organisation: string) =>
      tell(
        housing('c7', {
          changeId: `c7-${String(version)}`,
          version,
          recordedAt: at(day),
          relatedOrganisationIds: [organisation],
          relatedClusterIds: [`${organisation}-1`],
        }),
      );
    const entry = (day: number, actorId: string, actorOrganisationId: string) =>
      accessOf('c7', { actorId, actorOrganisationId, actorRoles: ['clientmanager'], at: at(day) });
    // The later change is told first.
    await related(2, 5, 'brug');
    await related(1, 1, 'haven');
    const before = await audit.entries.countDocuments({});
    await audit.publish(accessLogged, [
      entry(2, 'johan', 'haven'),
      entry(3, 'fatima', 'ggd'),
      entry(6, 'petra', 'brug'),
      entry(7, 'johan', 'haven'),
      entry(8, 'fatima', 'ggd'),
    ]);
    await audit.logged(before + 5);
    const petra = callerAs('clientmanager', { personId: 'petra', organisationId: 'brug' });
    const read = async (caller: typeof manager, limit: number) => {
      const actors: string[] = [];
      for (let cursor: string | undefined, more = true; more; more = cursor !== undefined) {
        const query = { clientId: 'c7', limit, ...(cursor ? { cursor } : {}) };
        const page = await audit.ask(caller, listClientAccess, query);
        cursor = page.nextCursor;
        actors.push(...page.items.filter(({ operation }) => operation.startsWith('reg')).map(({ actorId }) => actorId));
      }
      return actors;
    };
    await waitFor(async () => (await read(petra, 50)).length === 5, { timeout: 10_000 });
    expect(await read(petra, 1)).toEqual(['fatima', 'johan', 'petra', 'fatima', 'johan']);
    for (const limit of [1, 2, 50]) expect(await read(manager, limit)).toEqual(['johan', 'fatima', 'johan']);
  });
});

describe('the log of a person', () => {
  it('shows everybody what they did themselves, with the clients', async () => {
    const page = await audit.ask(callerAs('gemeente', { personId: 'other' }), listPersonAccess, { personId: 'other' });
    expect(page.items).toEqual([expect.objectContaining({ actorId: 'other', clientCount: 1, clientIds: ['c2'] })]);
  });

  it('comes in more pages than were asked for when somebody saw long lists', async () => {
    const READS = 40;
    const subjects = Array.from({ length: 200 }, () => ({ clientId: uuidv7(), ground: 'own-caseload' as const }));
    const ofLists = Array.from({ length: READS }, () => accessOf('list', { actorId: 'busy', subjects }));
    await audit.publish(accessLogged, ofLists);
    await waitFor(async () => (await audit.entries.countDocuments({ actorId: 'busy' })) === READS, { timeout: 20_000 });
    const seen: string[] = [];
    let cursor: string | undefined;
    let pages = 0;
    do {
      const query = { personId: 'busy', limit: 200, until: new Date().toISOString(), ...(cursor ? { cursor } : {}) };
      const page = await audit.ask(callerAs('gemeente', { personId: 'busy' }), listPersonAccess, query);
      expect(Buffer.byteLength(JSON.stringify(page))).toBeLessThan(1_000_000);
      seen.push(...page.items.filter(({ clientCount }) => clientCount === 200).map(({ entryId }) => entryId));
      cursor = page.nextCursor;
      pages += 1;
    } while (cursor !== undefined && pages < READS);
    expect(pages).toBeGreaterThan(1);
    // Reading it is logged too, and may stand in the pages behind.
    expect(new Set(seen).size).toBe(seen.length);
    const stored = await audit.entries.find({ actorId: 'busy', operation: 'registration.clients.get' }).toArray();
    expect(stored.map(({ _id }) => String(_id)).filter((id) => !seen.includes(id))).toEqual([]);
  });

  it('shows an operator what anybody did, without the clients, and logs that', async () => {
    const operator = callerAs('beheerder', { personId: 'operator' });
    const page = await audit.ask(operator, listPersonAccess, { personId: 'other' });
    expect(page.items[0]).toMatchObject({ clientCount: 1 });
    expect(JSON.stringify(page)).not.toContain('c2');
    const entry = await waitFor(() => audit.entries.findOne({ actorId: 'operator' }), { timeout: 10_000 });
    expect(entry).toMatchObject({ operation: 'audit.people.list', aboutPersonId: 'other', subjects: [] });
  });

  it('is nobody else’s business', async () => {
    await expect(audit.ask(manager, listPersonAccess, { personId: 'other' })).rejects.toMatchObject({
      code: 'not-permitted',
    });
  });
});
