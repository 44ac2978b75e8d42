import { Injectable } from '@nestjs/common';
import type { Role } from '#contracts/codes.js';
import type { KnownPerson } from '../caseloads/replacement-rules.js';
import { CaseloadsRepository, type CaseloadState } from '../caseloads/caseloads.repository.js';
import { ClientRecordsRepository } from '../directory/client-records.repository.js';
import { DirectoryRepository, type KnownCluster, latestCluster } from '../directory/directory.repository.js';
import type { Responsibilities } from './recipient-rules.js';
import { type SettingsState, SettingsRepository } from './settings.repository.js';

/** Who is responsible, before it was looked up who of them works here. */
interface Foreseen {
  /** Everybody counts as working here. */
  situation: Responsibilities;
  /** Who has to be looked up. */
  mentioned: readonly string[];
}

/** Reads who is responsible, as it stands now. */
@Injectable()
export class ResponsibilitiesReader {
  constructor(
    private readonly caseloads: CaseloadsRepository,
    private readonly directory: DirectoryRepository,
    private readonly records: ClientRecordsRepository,
    private readonly settings: SettingsRepository,
  ) {}

  /**
   * @param clientId whose regisseurs and place are looked up, by whichever record of the person
   * @param about the clusters of the event; the client's own cluster is added
   */
  async read(
    clientId: string,
    about: readonly (string | undefined)[],
    settings: Pick<SettingsState, 'fallbackPersonId' | 'coordinatorPersonId'>,
  ): Promise<Responsibilities> {
    return this.withPeople(await this.foresee(clientId, about, settings));
  }

  /** The second half of {@link read}. */
  async withPeople({ situation, mentioned }: Foreseen): Promise<Responsibilities> {
    return { ...situation, people: await this.people(mentioned) };
  }

  /** The first half of {@link read}: hardly ever does the second change who is told. */
  async foresee(
    clientId: string,
    about: readonly (string | undefined)[],
    settings: Pick<SettingsState, 'fallbackPersonId' | 'coordinatorPersonId'>,
  ): Promise<Foreseen> {
    const named = [...new Set(about.filter((id) => id !== undefined))];
    const [{ clientClusterId, withClient }, coordinating, absences, ofNamed] = await Promise.all([
      this.ofClient(clientId),
      this.caseloads.coordinators(),
      this.caseloads.today(),
      this.ofClusters(named),
    ]);
    // Mostly the client stays where the event is about: then one look was enough.
    const elsewhere = clientClusterId !== undefined && !named.includes(clientClusterId) ? [clientClusterId] : [];
    const ofPlace = elsewhere.length > 0 ? await this.ofClusters(elsewhere) : { caseloads: [], clusters: [] };
    const clusterIds = [...named, ...elsewhere];
    const withClusters = unique([...ofNamed.caseloads, ...ofPlace.caseloads]);
    const clusters = [...ofNamed.clusters, ...ofPlace.clusters];
    const { fallbackPersonId, coordinatorPersonId } = settings;
    const representatives = clusters.flatMap(({ _id, representativeId }) =>
      representativeId ? [[_id, representativeId] as const] : [],
    );
    const mentioned = [
      ...[...withClient, ...withClusters, ...coordinating].map(({ _id }) => _id),
      ...representatives.map(([, personId]) => personId),
      ...absences.flatMap(({ personId, replacementPersonId }) => [personId, replacementPersonId]),
      ...[fallbackPersonId, coordinatorPersonId].filter((id) => id !== null),
    ];
    const regisseurs = clusterIds.map(
      (id) => [id, withClusters.filter((one) => one.clusterIds.includes(id)).map(({ _id }) => _id)] as const,
    );
    const situation = {
      regisseurs: new Map(regisseurs),
      regisseursOfClient: withClient.map(({ _id }) => _id),
      ...(clientClusterId === undefined ? {} : { clientClusterId }),
      representatives: new Map(representatives),
      coordinators: coordinating.map(({ _id }) => _id),
      ...(fallbackPersonId === null ? {} : { fallbackPersonId }),
      ...(coordinatorPersonId === null ? {} : { coordinatorPersonId }),
      people: new Map<string, KnownPerson>(),
      absences,
    };
    return { situation, mentioned };
  }

  /** Who guards a client by name, and where the client is: by all records of the same person. */
  private async ofClient(
    clientId: string,
  ): Promise<{ clientClusterId: string | undefined; withClient: CaseloadState[] }> {
    const look = async (ids: readonly string[]) => {
      const [clients, withClient] = await Promise.all([this.directory.clients(ids), this.caseloads.withClients(ids)]);
      return { clientClusterId: latestCluster(clients), withClient };
    };
    // Mostly there is one record: then nobody waited for the other look.
    const [own, records] = await Promise.all([look([clientId]), this.records.ofSamePersons([clientId])]);
    return records.length === 1 ? own : look(records);
  }

  private async ofClusters(ids: readonly string[]): Promise<{ caseloads: CaseloadState[]; clusters: KnownCluster[] }> {
    if (ids.length === 0) return { caseloads: [], clusters: [] };
    const [caseloads, clusters] = await Promise.all([this.caseloads.withClusters(ids), this.directory.clusters(ids)]);
    return { caseloads, clusters };
  }

  /** Active people of an organisation who share a role with somebody. */
  async colleagues(organisationId: string, roles: readonly Role[]): Promise<string[]> {
    const found = await Promise.all(roles.map((role) => this.directory.peopleWithRole(role)));
    return found
      .flat()
      .filter((person) => person.active && person.organisationId === organisationId)
      .map(({ _id }) => _id);
  }

  /** What the directory knows of people; who is not there yet is absent from the answer. */
  async people(ids: readonly string[]): Promise<ReadonlyMap<string, KnownPerson>> {
    const found = await this.directory.people([...new Set(ids)]);
    return new Map(
      found.map(({ _id, roles, organisationId, active }) => [
        _id,
        { roles, active, ...(organisationId === null ? {} : { organisationId }) },
      ]),
    );
  }
}

function unique(caseloads: readonly CaseloadState[]): CaseloadState[] {
  return [...new Map(caseloads.map((caseload) => [caseload._id, caseload])).values()];
}
