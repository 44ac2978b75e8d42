import type { Page } from 'playwright-core';
import { waitFor } from '#testing/wait-for.js';
import { startSystem, type TestSystem } from '#testing/system.js';
import type { Caseload } from '../../../libs/contracts/src/notifications/caseloads.ts';
import { makeWorld, patiently, type World } from '../../../test/support/world.ts';
import { People } from './browser.ts';

/** Some places together, with a name of their own, so that journeys do not get in each other's way. */
export interface Cluster {
  readonly clusterId: string;
  readonly placeIds: readonly string[];
}

/** One running system with a browser, for all journeys. Each journey makes its own clients and places. */
export class Stage {
  readonly system: TestSystem;
  readonly world: World;
  readonly people: People;

  private constructor(system: TestSystem, world: World, people: People) {
    this.system = system;
    this.world = world;
    this.people = people;
  }

  static async start(): Promise<Stage> {
    const system = await startSystem({ logLevel: 'warn', demoClock: true });
    try {
      const world = await makeWorld(system, { places: 2, clients: 1 });
      return new Stage(system, world, await People.open(system.publicUrl));
    } catch (error) {
      await system.close();
      throw error;
    }
  }

  async close(): Promise<void> {
    await this.people.close();
    await this.system.close();
  }

  /** A page in a browser window of a demo person's own. */
  pageOf(key: string, path?: string): Promise<Page> {
    return this.people.pageOf(key, path);
  }

  /** A client of De Haven, made by Samira. */
  async client(givenNames: string, familyName: string, more: object = {}): Promise<string> {
    const body = { givenNames, familyName, birthDate: '2005-03-04', notADuplicate: true, ...more };
    const samira = await this.world.as('samira');
    const key = `stage-${givenNames}-${familyName}`;
    return (await samira.post<{ clientId: string }>('/v1/clients', body, { key })).clientId;
  }

  /** Clients of De Haven who stay since a day, each on their own place. */
  async housed(names: readonly string[], placeIds: readonly string[], from = '2026-03-01'): Promise<string[]> {
    const samira = await this.world.as('samira');
    const clientIds: string[] = [];
    for (const [index, name] of names.entries()) {
      const [givenNames = '', familyName = ''] = name.split(' ');
      const clientId = await this.client(givenNames, familyName);
      const body = { kind: 'arrival', placeId: placeIds[index], from };
      await samira.post(`/v1/clients/${clientId}/housing-changes`, body, { key: `stage-${clientId}` });
      clientIds.push(clientId);
    }
    return clientIds;
  }

  /** Waits until ZRMs can be filled in of a client who was given a place. */
  async arrivedForZrm(clientId: string): Promise<void> {
    const samira = await this.world.as('samira');
    await waitFor(
      async () => {
        const { items } = await samira.get<{ items: { clientId: string }[] }>('/v1/zrm-clients?list=all&limit=200');
        return items.some((client) => client.clientId === clientId);
      },
      { timeout: 20_000, what: 'the assessment service to know of the arrival' },
    );
  }

  /** A cluster of De Haven with places "<name> 1", "<name> 2" …, represented by Samira, guarded by Noor. */
  async cluster(name: string, places: number): Promise<Cluster> {
    const operator = await this.world.as('beheer');
    const { locations } = await operator.get<{ locations: { locationId: string }[] }>(
      `/v1/organisations/${this.world.institutionId}`,
    );
    const representativePersonId = this.world.personIds.get('samira');
    const { clusterId } = await operator.post<{ clusterId: string }>(
      `/v1/locations/${locations[0]?.locationId ?? ''}/clusters`,
      { name, representativePersonId },
      { key: `stage-${name}` },
    );
    const placeIds: string[] = [];
    for (let number = 1; number <= places; number += 1) {
      const body = { name: `${name} ${number}`, kind: 'opvang', zwaarte: 'medium', fundingFrame: 'inside-chain' };
      const path = `/v1/clusters/${clusterId}/places`;
      placeIds.push((await operator.post<{ placeId: string }>(path, body, { key: `stage-${name}-${number}` })).placeId);
    }
    await this.guards('noor', { clusterIds: [clusterId] });
    return { clusterId, placeIds };
  }

  /** Adds clusters or single clients to what a regisseur guards. */
  async guards(key: string, more: { clusterIds?: readonly string[]; clientIds?: readonly string[] }): Promise<void> {
    const operator = await this.world.as('beheer');
    const personId = this.world.personIds.get(key) ?? '';
    // Only accepted once the facts about them have arrived there.
    await patiently(async () => {
      const caseloads = await operator.all<Caseload>('/v1/caseloads');
      const before = caseloads.find((caseload) => caseload.personId === personId);
      const body = {
        clusterIds: [...new Set([...(before?.clusterIds ?? []), ...(more.clusterIds ?? [])])],
        clientIds: [...new Set([...(before?.clientIds ?? []), ...(more.clientIds ?? [])])],
        coordinator: before?.coordinator ?? false,
      };
      await operator.put(`/v1/caseloads/${personId}`, body, before === undefined ? {} : { version: before.version });
    });
  }
}
