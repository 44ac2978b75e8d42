import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { v7 as uuidv7 } from 'uuid';
import { clientKnown, housingSituationChanged } from '#contracts/registration/facts.js';
import { waitFor } from '#testing/wait-for.js';
import { CLUSTER, INSTITUTION, RunningAssessment } from '../test-support/running-assessment.js';
import { ClientsRepository } from './clients.repository.js';

describe('what is known of clients', () => {
  let running: RunningAssessment;
  let clients: ClientsRepository;

  beforeAll(async () => {
    running = await RunningAssessment.start();
    clients = running.get(ClientsRepository);
  }, 60_000);

  afterAll(async () => running.close(), 60_000);

  it('follows the housing as registration tells it, with when it became known', async () => {
    running.setNow('2026-01-10T09:00:00Z');
    await running.housed('noor', [{ from: '2026-01-10' }]);
    running.setNow('2026-02-01T09:00:00Z');
    await running.housed('noor', [{ from: '2026-01-09' }], { leaves: [{ leaveId: 'l', from: '2026-02-01' }] });
    running.setNow('2026-02-20T09:00:00Z');
    await running.housed('noor', [{ from: '2026-01-09', until: '2026-03-01' }], {
      leaves: [{ leaveId: 'l', from: '2026-02-01', until: '2026-02-15' }],
    });
    const found = await clients.find('noor');
    expect(found?.known).toEqual({
      clientId: 'noor',
      housingVersion: 3,
      recordVersion: 0,
      presenceVersion: 3,
      presence: [
        {
          stayId: 'stay-1',
          from: '2026-01-09',
          until: '2026-03-01',
          clusterId: CLUSTER,
          organisationId: INSTITUTION,
          knownAt: expect.stringMatching(/^2026-01-10T09:00/),
        },
      ],
      leaves: [
        {
          leaveId: 'l',
          from: '2026-02-01',
          until: '2026-02-15',
          knownAt: expect.stringMatching(/^2026-02-20T09:00/),
        },
      ],
      relatedOrganisationIds: [INSTITUTION],
      relatedClusterIds: [CLUSTER],
    });
  });

  it('takes facts of one client in order and each once, however they come', async () => {
    const change = (version: number) => ({
      clientId: 'tom',
      changeId: uuidv7(),
      version,
      kind: 'move' as const,
      effectiveOn: '2026-02-01',
      recordedAt: '2026-02-01T10:00:00Z',
      recordedBy: 'mentor',
      channel: 'person' as const,
      presence: [{ stayId: 's', from: `2026-01-0${version}`, clusterId: CLUSTER, organisationId: INSTITUTION }],
      leaves: [],
      reasons: {},
    });
    await running.publish(housingSituationChanged, change(2), 'tom', 2);
    await running.publish(housingSituationChanged, change(3), 'tom', 3);
    const first = await running.publish(housingSituationChanged, change(1), 'tom', 1);
    await waitFor(async () => (await clients.find('tom'))?.known.housingVersion === 3, { what: 'all three' });
    const told = await clients.find('tom');
    expect(told).toMatchObject({ known: { presence: [{ from: '2026-01-03' }] } });
    await running.publish(housingSituationChanged, change(1), 'tom', 1, first);
    await running.housed('later', [{ from: '2026-01-10' }]);
    expect(await clients.find('tom')).toEqual(told);
  });

  it('knows who registered a client before the first stay, and which records are one person', async () => {
    await running.recordChanged('a', { change: 'registered', version: 1, organisationId: 'haven' });
    await running.recordChanged('b', { change: 'registered', version: 1, organisationId: 'haven' });
    await running.recordChanged('c', { change: 'registered', version: 1, organisationId: 'haven' });
    expect((await clients.find('a'))?.known.relatedOrganisationIds).toEqual(['haven']);
    await running.recordChanged('a', { change: 'merged', version: 2, mergedInto: 'b' });
    await running.recordChanged('b', { change: 'merged', version: 2, mergedInto: 'c' });
    expect((await clients.recordsUnder('c')).sort()).toEqual(['a', 'b', 'c']);
    expect(await clients.recordsUnder('a')).toEqual(['a']);
    await running.recordChanged('b', { change: 'unmerged', version: 3 });
    expect(await clients.recordsUnder('c')).toEqual(['c']);
    expect((await clients.recordsUnder('b')).sort()).toEqual(['a', 'b']);
  });

  it('hears of who was there before this service, with the times in the chain', async () => {
    const told = {
      clientId: 'before',
      housingVersion: 4,
      recordVersion: 2,
      recordedAt: '2026-06-01T10:00:00Z',
      relatedOrganisationIds: [INSTITUTION],
      relatedClusterIds: [CLUSTER],
      presence: [{ stayId: 's', from: '2026-01-03', clusterId: CLUSTER, organisationId: INSTITUTION }],
      leaves: [],
    };
    await running.publish(clientKnown, told, 'before', 0);
    await waitFor(async () => (await clients.find('before')) !== undefined, { what: 'the client to be known' });
    expect(await clients.find('before')).toMatchObject({
      known: { housingVersion: 4, recordVersion: 2, presence: [{ from: '2026-01-03' }] },
      standing: { lacks: ['baseline', 'target'], place: { since: '2026-01-03' } },
    });
  });
});
