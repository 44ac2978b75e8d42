import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { v7 as uuidv7 } from 'uuid';
import { putCaseload } from '#contracts/notifications/caseloads.js';
import {
  listClientMeldingen,
  listMeldingen,
  type MeldingenChanges,
  meldingenSince,
} from '#contracts/notifications/meldingen.js';
import type { Page } from '#contracts/paging.js';
import { waitFor } from '#testing/wait-for.js';
import { callerOf, operator, RunningNotifications } from '../test-support/running-notifications.js';

const anna = callerOf('anna');
/** Changes about one client within minutes, as when years of history come in: a melding takes a hundred of them. */
const CHANGES = 450;
const MELDINGEN = 5;
const MEGABYTE = 1_000_000;

describe('an inbox with more changes than fit one answer', () => {
  let running: RunningNotifications;

  beforeAll(async () => {
    running = await RunningNotifications.start();
    await running.regisseur('anna');
    await running.cluster('cluster-1');
    await running.ask(putCaseload, { personId: 'anna', clusterIds: ['cluster-1'], clientIds: [] }, operator);
    for (let version = 1; version <= CHANGES; version += 1) {
      await running.housing('client-1', version, { kind: 'move', placeId: uuidv7(), previousPlaceId: uuidv7() });
    }
    await waitFor(async () => (await versionsTold()).length === CHANGES, {
      timeout: 60_000,
      interval: 500,
      what: `${CHANGES} changes told`,
    });
  }, 120_000);

  afterAll(() => RunningNotifications.stopAll(), 60_000);

  const versionsTold = async (): Promise<number[]> =>
    (await walk((cursor) => running.ask(listMeldingen, { limit: 200, ...cursor }, anna)))
      .flatMap(({ items }) => items)
      .flatMap(({ parts }) => parts.map(({ sequence }) => sequence));

  /** All pages of a list, none of which is too large. */
  async function walk<P extends Page<object>>(ask: (cursor: { cursor?: string }) => Promise<P>): Promise<P[]> {
    const pages: P[] = [];
    let cursor: string | undefined;
    do {
      const page = await ask(cursor === undefined ? {} : { cursor });
      expect(Buffer.byteLength(JSON.stringify(page))).toBeLessThan(MEGABYTE);
      expect(page.items).not.toEqual([]);
      pages.push(page);
      cursor = page.nextCursor;
    } while (cursor !== undefined && pages.length < MELDINGEN + 1);
    return pages;
  }

  it.each([
    ['newest first', (cursor: { cursor?: string }) => running.ask(listMeldingen, { limit: 200, ...cursor }, anna)],
    [
      'in the order of attention',
      (cursor: { cursor?: string }) => running.ask(listMeldingen, { status: 'open', limit: 200, ...cursor }, anna),
    ],
    [
      'in the file of the client',
      (cursor: { cursor?: string }) =>
        running.ask(listClientMeldingen, { clientId: 'client-1', limit: 200, ...cursor }, anna),
    ],
  ])('gives each melding once, over more pages than were asked for: %s', async (_, ask) => {
    const pages = await walk<Page<{ meldingId: string; parts: { sequence: number }[] }>>(ask);
    expect(pages.length).toBeGreaterThan(1);
    const items = pages.flatMap((page) => page.items);
    expect(new Set(items.map(({ meldingId }) => meldingId)).size).toBe(MELDINGEN);
    const versions = items.flatMap(({ parts }) => parts.map(({ sequence }) => sequence));
    expect(versions.sort((a, b) => a - b)).toEqual(Array.from({ length: CHANGES }, (_each, index) => index + 1));
  });

  it('tells a live page of all of them, in several answers', async () => {
    const told: string[] = [];
    let answers = 0;
    let after: string | undefined = '1-a';
    while (after !== undefined && answers <= MELDINGEN) {
      const changes: MeldingenChanges = await running.ask(meldingenSince, { after }, anna);
      expect(Buffer.byteLength(JSON.stringify(changes))).toBeLessThan(MEGABYTE);
      told.push(...changes.items.map(({ melding }) => melding.meldingId));
      after = changes.nextAfter;
      answers += 1;
    }
    expect(answers).toBeGreaterThan(1);
    expect(told).toHaveLength(MELDINGEN);
    expect(new Set(told).size).toBe(MELDINGEN);
  });
});
