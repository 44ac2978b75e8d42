import { Injectable } from '@nestjs/common';
import { Clock } from '#calendar/clock.js';
import type { Role } from '#contracts/codes.js';
import type { KnownPerson } from '../caseloads/replacement-rules.js';
import { CaseloadsRepository } from '../caseloads/caseloads.repository.js';
import { DirectoryRepository } from '../directory/directory.repository.js';
import type { Responsibilities } from './recipient-rules.js';
import { type SettingsState, SettingsRepository } from './settings.repository.js';

/** Reads who is responsible, as it stands now. */
@Injectable()
export class ResponsibilitiesReader {
  constructor(
    private readonly caseloads: CaseloadsRepository,
    private readonly directory: DirectoryRepository,
    private readonly settings: SettingsRepository,
    private readonly clock: Clock,
  ) {}

  /**
   * @param clientId whose regisseurs and place are looked up
   * @param about the clusters of the event; the client's own cluster is added
   */
  async read(
    clientId: string,
    about: readonly (string | undefined)[],
    settings: Pick<SettingsState, 'fallbackPersonId' | 'coordinatorPersonId'>,
  ): Promise<Responsibilities> {
    const [place, withClient, coordinating, absences] = await Promise.all([
      this.directory.clientPlace(clientId),
      this.caseloads.withClient(clientId),
      this.caseloads.coordinators(),
      this.caseloads.current(this.clock.today()),
    ]);
    const clusterIds = [...new Set([...about, place?.clusterId].filter((id) => id !== undefined))];
    const [withClusters, clusters] = await Promise.all([
      this.caseloads.withClusters(clusterIds),
      this.directory.clusters(clusterIds),
    ]);
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
    return {
      regisseurs: new Map(regisseurs),
      regisseursOfClient: withClient.map(({ _id }) => _id),
      ...(place ? { clientClusterId: place.clusterId } : {}),
      representatives: new Map(representatives),
      coordinators: coordinating.map(({ _id }) => _id),
      ...(fallbackPersonId === null ? {} : { fallbackPersonId }),
      ...(coordinatorPersonId === null ? {} : { coordinatorPersonId }),
      people: await this.people(mentioned),
      absences,
    };
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
