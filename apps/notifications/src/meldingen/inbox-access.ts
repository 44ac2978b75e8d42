import { Injectable } from '@nestjs/common';
import type { AccessGround } from '#access/protected.js';
import { Clock } from '#calendar/clock.js';
import type { Caller } from '#contracts/caller.js';
import { UNASSIGNED } from '#contracts/notifications/codes.js';
import { Refusal } from '#contracts/refusal.js';
import { CaseloadsRepository } from '../caseloads/caseloads.repository.js';
import { replacedBy, whoActsFor } from '../caseloads/replacement-rules.js';
import { clustersOf } from '../rules/duty-rules.js';
import { ResponsibilitiesReader } from '../rules/responsibilities.reader.js';
import type { MeldingState } from './melding-state.js';

/** Who may see and touch which inbox: the own one, that of whom one replaces today, and `unassigned` by coordinators. */
@Injectable()
export class InboxAccess {
  constructor(
    private readonly caseloads: CaseloadsRepository,
    private readonly responsibilities: ResponsibilitiesReader,
    private readonly clock: Clock,
  ) {}

  /** On which ground the caller sees an inbox. @throws Refusal `not-found`, which does not tell that it exists */
  async groundFor(caller: Caller, personId: string): Promise<AccessGround> {
    if (personId === caller.personId) return 'own-melding';
    if (personId === UNASSIGNED) {
      if (await this.isCoordinator(caller)) return 'own-caseload';
    } else if ((await this.replaced(caller.personId)).includes(personId)) return 'replacement';
    throw Refusal.of('not-found');
  }

  /** Whether a regisseur has coordinator duty. */
  async isCoordinator(caller: Caller): Promise<boolean> {
    if (!caller.roles.includes('trajectregisseur')) return false;
    return (await this.caseloads.find(caller.personId))?.coordinator === true;
  }

  /** Whom a person replaces today. */
  async replaced(personId: string): Promise<string[]> {
    return replacedBy(await this.availability(), personId);
  }

  /**
   * Colleagues who may see the client of a melding as its recipient does: regisseurs who guard the client or its
   * clusters, coordinators, and whoever replaces one of them; for a melding of a clientmanager those of the same institution.
   */
  async colleagues(caller: Caller, melding: MeldingState): Promise<string[]> {
    const clusterIds = melding.parts.flatMap(clustersOf);
    const found = caller.roles.includes('trajectregisseur')
      ? await this.regisseurs(melding.clientId, clusterIds)
      : await this.ofOrganisation(caller);
    return [...new Set(found)].filter((id) => id !== caller.personId && id !== melding.personId).sort();
  }

  private async regisseurs(clientId: string, about: readonly (string | undefined)[]): Promise<string[]> {
    const situation = await this.responsibilities.read(clientId, about, {
      fallbackPersonId: null,
      coordinatorPersonId: null,
    });
    const named = [...situation.regisseurs.values(), situation.regisseursOfClient, situation.coordinators].flat();
    return named.flatMap((personId) => whoActsFor(situation, personId, 'trajectregisseur')?.personId ?? []);
  }

  private async ofOrganisation(caller: Caller): Promise<string[]> {
    const { organisationId } = caller;
    if (organisationId === undefined) return [];
    const availability = await this.availability();
    const people = await this.responsibilities.colleagues(organisationId, caller.roles);
    return people.filter((personId) => whoActsFor(availability, personId)?.personId === personId);
  }

  private async availability(): Promise<{
    people: Awaited<ReturnType<ResponsibilitiesReader['people']>>;
    absences: Awaited<ReturnType<CaseloadsRepository['current']>>;
  }> {
    const absences = await this.caseloads.current(this.clock.today());
    const ids = absences.flatMap(({ personId, replacementPersonId }) => [personId, replacementPersonId]);
    return { people: await this.responsibilities.people(ids), absences };
  }
}
