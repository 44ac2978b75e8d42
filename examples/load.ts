import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DEMO_ORGANISATIONS, DEMO_PEOPLE, DEMO_SYSTEM } from '../deploy/local/issuer/demo-people.ts';
import { demoAccessToken } from '../deploy/local/issuer/access-token.ts';
import { acknowledgeHistory } from './acknowledge-history.ts';
import { Api } from './api.ts';
import { reportEvents } from './events.ts';
import { type ExampleFile, writeExampleFiles } from './files.ts';
import { importFile } from './import-file.ts';
import { INSTITUTIONS } from './institutions.ts';

/**
 * Loads the examples into a running system through its own doors: REST for organisations and people, file import for
 * places, clients, a year of stays and the ZRMs of that year, CloudEvents for what happened today. Repeatable: it doubles nothing.
 */

/** How often is looked whether a service has heard of something, and how long between, ms. */
const PATIENCE = 200;
const LOOK_AGAIN_MS = 300;

const env = (name: string): string => {
  const value = process.env[name];
  if (value === undefined) throw new Error(`${name} is missing`);
  return value;
};
const publicUrl = env('PUBLIC_URL');
const source = { issuer: env('OIDC_ISSUER'), clientSecret: env('OIDC_CLIENT_SECRET') };
const sessions = new Map<string, Api>();

async function as(name: string): Promise<Api> {
  const known = sessions.get(name);
  if (known !== undefined) return known;
  const api = new Api(publicUrl, await demoAccessToken(name, source));
  sessions.set(name, api);
  return api;
}

const operator = await as('beheer');
const today = await firstDay();
const organisationIds = await loadOrganisations();
const personIds = await loadPeople();

const freePlaces = await loadFiles();
await reportEvents(await as(DEMO_SYSTEM.clientId), today, freePlaces, console.log);
await readHistory();

/** Imports what the institutions export. Answers which places of the connected system's institution are nobody's. */
async function loadFiles(): Promise<readonly string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'doorstroom-examples-'));
  try {
    const files = await writeExampleFiles(folder, today);
    const ofKind = (kind: string) => files.filter((file) => file.kind === kind);
    for (const file of ofKind('places')) await importFile(await as(file.importer), file, console.log);
    await nameRepresentatives();
    await loadCaseloads();
    for (const file of ofKind('clients')) await importFile(await as(file.importer), file, console.log);
    for (const file of ofKind('stays')) await importFile(await as(file.importer), file, console.log);
    for (const file of ofKind('zrms')) await whoIsThereIsKnown(file);
    await Promise.all(ofKind('zrms').map(async (file) => importFile(await as(file.importer), file, console.log)));
    return files.find((file) => file.organisation === DEMO_SYSTEM.organisation && file.freePlaces)?.freePlaces ?? [];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Waits until the service of the ZRMs has heard who stays with an institution: it hears it after registration does. */
async function whoIsThereIsKnown({ importer, organisation }: ExampleFile): Promise<void> {
  const api = await as(importer);
  const { counts } = await api.get<{ counts: Record<string, number> }>(`/v1/occupancy?on=${today}&limit=1`);
  const present = (counts['occupied'] ?? 0) + (counts['on-leave'] ?? 0);
  const list = `/v1/zrm-clients?list=all&organisationId=${organisationIds.get(organisation) ?? ''}&limit=200`;
  for (let look = 0; look < PATIENCE; look += 1) {
    const { items } = await api.get<{ items: object[] }>(list);
    if (items.length >= present) return;
    await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS));
  }
  throw new Error(`The service of the ZRMs did not hear in time who stays with ${organisation}`);
}

/** Whoever works with the demo finds an inbox of somebody who keeps it, not a year of news on one day. */
async function readHistory(): Promise<void> {
  const names = new Set(
    INSTITUTIONS.flatMap(({ clusters }) => clusters.flatMap((one) => [one.regisseur, one.representative])),
  );
  const read = await Promise.all([...names].map(async (name) => acknowledgeHistory(await as(name), today)));
  console.log(`${read.reduce((sum, count) => sum + count, 0)} meldingen about what is long past acknowledged`);
}

/** The day of the first attempt: a second one, perhaps days later, must tell the same history. */
async function firstDay(): Promise<string> {
  const imports = await operator.all<{ createdAt: string }>('/v1/imports');
  const first = imports.map(({ createdAt }) => createdAt).sort()[0];
  return (first ?? new Date().toISOString()).slice(0, 10);
}

async function loadOrganisations(): Promise<Map<string, string>> {
  const ids = new Map<string, string>();
  for (const { key, name, kind } of DEMO_ORGANISATIONS) {
    const body = { name, kind };
    const made = await operator.post<{ organisationId: string }>('/v1/organisations', body, { key: `demo-${key}` });
    ids.set(key, made.organisationId);
  }
  console.log(`${ids.size} organisations`);
  return ids;
}

async function loadPeople(): Promise<Map<string, string>> {
  const ids = new Map<string, string>();
  const there = await operator.all<{ personId: string; subject: string; name: string; version: number }>('/v1/people');
  for (const { key, subject, name, roles, organisation } of DEMO_PEOPLE) {
    const known = there.find((person) => person.subject === subject);
    const organisationId = organisationIds.get(organisation);
    const email = `${key}@${organisation}.example`;
    const body = { kind: 'person', name, subject, email, roles, organisationId, language: 'nl' };
    const person = known ?? (await operator.post<{ personId: string }>('/v1/people', body, { key: `demo-${key}` }));
    ids.set(key, person.personId);
    // The operator was there from the start, without a name of her own, and is the one who makes the others.
    if (known !== undefined && known.name !== name) {
      await operator.patch(`/v1/people/${known.personId}`, { name, email, organisationId }, { version: known.version });
    }
  }
  const { clientId: subject, name, organisation } = DEMO_SYSTEM;
  if (!there.some((person) => person.subject === subject)) {
    const body = { kind: 'system', name, subject, roles: [], organisationId: organisationIds.get(organisation) };
    await operator.post('/v1/people', body, { key: `demo-${subject}` });
  }
  console.log(`${ids.size} people and a connected system`);
  return ids;
}

interface Tree {
  locations: {
    clusters: { clusterId: string; name: string; version: number; representative?: { personId: string } }[];
  }[];
}

async function clustersOf(organisation: string): Promise<Tree['locations'][number]['clusters']> {
  const tree = await operator.get<Tree>(`/v1/organisations/${organisationIds.get(organisation) ?? ''}`);
  return tree.locations.flatMap(({ clusters }) => clusters);
}

async function nameRepresentatives(): Promise<void> {
  for (const { organisation, clusters } of INSTITUTIONS) {
    for (const { clusterId, name, version, representative } of await clustersOf(organisation)) {
      const planned = clusters.find((cluster) => cluster.name === name);
      const representativePersonId = personIds.get(planned?.representative ?? '');
      if (representativePersonId === undefined || representative?.personId === representativePersonId) continue;
      await operator.patch(`/v1/clusters/${clusterId}`, { representativePersonId }, { version });
    }
  }
}

async function loadCaseloads(): Promise<void> {
  const guarded = new Map<string, string[]>();
  for (const { organisation, clusters } of INSTITUTIONS) {
    for (const { clusterId, name } of await clustersOf(organisation)) {
      const regisseur = personIds.get(clusters.find((cluster) => cluster.name === name)?.regisseur ?? '');
      if (regisseur !== undefined) guarded.set(regisseur, [...(guarded.get(regisseur) ?? []), clusterId]);
    }
  }
  const [first] = guarded.keys();
  for (const [personId, clusterIds] of guarded) {
    await operator.put(`/v1/caseloads/${personId}`, { clusterIds, clientIds: [], coordinator: personId === first });
  }
  const {
    version,
    emailAvailable: _,
    ...settings
  } = await operator.get<{ version: number; emailAvailable: boolean }>('/v1/notification-settings');
  if (version === 0 && first !== undefined) {
    await operator.put('/v1/notification-settings', { ...settings, fallbackPersonId: first }, { version });
  }
  console.log(`${guarded.size} caseloads`);
}
