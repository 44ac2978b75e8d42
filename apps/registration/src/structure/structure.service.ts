import { Injectable } from '@nestjs/common';
import type { Caller } from '#contracts/caller.js';
import { Refusal } from '#contracts/refusal.js';
import type {
  CreateLocation,
  CreateOrganisation,
  UpdateLocation,
  UpdateOrganisation,
} from '#contracts/registration/structure.js';
import type { LocationSummary, OrganisationSummary } from '#contracts/registration/structure-shapes.js';
import type { Tx } from '#persistence/unit-of-work.js';
import { Creations } from '../creations.js';
import { nameKeyOf } from '../name-rules.js';
import { withoutNothing } from '../without-nothing.js';
import { checkVersion } from '../versions.js';
import { checkNothingOpenBelow, checkOpenAbove } from './structure-rules.js';
import { StructureRepository } from './structure.repository.js';
import { locationView, organisationView } from './structure-views.js';
import type { LocationDocument, OrganisationDocument } from './structure.schema.js';

/** Keeps organisations and their locations. Only the operator comes here (see the contract's roles). */
@Injectable()
export class StructureService {
  constructor(
    private readonly repository: StructureRepository,
    private readonly creations: Creations,
  ) {}

  async createOrganisation(command: CreateOrganisation, caller: Caller): Promise<OrganisationSummary> {
    const created = await this.creations.once<OrganisationDocument>('organisation', caller.personId, command, {
      find: (id, session) => this.repository.organisation(id, session),
      make: async (tx, { id, requestHash }) => {
        const document: OrganisationDocument = {
          _id: id,
          version: 1,
          name: command.name.trim(),
          nameKey: nameKeyOf(command.name),
          kind: command.kind,
          requestHash,
          below: 0,
        };
        await this.repository.insertOrganisation(tx, document);
        return document;
      },
    });
    return organisationView(created);
  }

  /** @throws Refusal `not-found`, `stale-version`, `already-exists`, `still-open-below` */
  updateOrganisation(command: UpdateOrganisation): Promise<OrganisationSummary> {
    return this.creations.unique(async (tx) => {
      const current = await this.repository.organisation(command.organisationId, tx.session);
      if (!current) throw Refusal.of('not-found');
      checkVersion(command.expectedVersion, current.version);
      const next = withoutNothing<OrganisationDocument>({ ...current, ...changeOf(command, current) });
      if (next.closedFrom !== undefined) {
        checkNothingOpenBelow(next.closedFrom, await this.repository.locationsOf(current._id, tx.session));
      }
      await this.repository.replaceOrganisation(tx, current, next);
      return organisationView(next);
    });
  }

  /** @throws Refusal `unknown-organisation`, `organisation-has-no-places`, `closed-above`, `already-exists` */
  async createLocation(command: CreateLocation, caller: Caller): Promise<LocationSummary> {
    const created = await this.creations.once<LocationDocument>('location', caller.personId, command, {
      find: (id, session) => this.repository.location(id, session),
      make: async (tx, { id, requestHash }) => {
        const organisation = await this.openOrganisation(tx, command.organisationId);
        const document = withoutNothing<LocationDocument>({
          _id: id,
          version: 1,
          organisationId: organisation._id,
          name: command.name.trim(),
          nameKey: nameKeyOf(command.name),
          address: addressOf(command.address),
          requestHash,
          below: 0,
        });
        checkOpenAbove(document, organisation);
        await this.repository.insertLocation(tx, document);
        await this.repository.touchOrganisation(tx, organisation._id);
        return document;
      },
    });
    return locationView(created);
  }

  /** @throws Refusal `not-found`, `stale-version`, `already-exists`, `still-open-below`, `closed-above` */
  updateLocation(command: UpdateLocation): Promise<LocationSummary> {
    return this.creations.unique(async (tx) => {
      const current = await this.repository.location(command.locationId, tx.session);
      if (!current) throw Refusal.of('not-found');
      checkVersion(command.expectedVersion, current.version);
      const address = command.address === undefined ? current.address : addressOf(command.address);
      const next = withoutNothing<LocationDocument>({ ...current, ...changeOf(command, current), address });
      if (next.closedFrom !== undefined) {
        checkNothingOpenBelow(next.closedFrom, await this.repository.clustersAt(current._id, tx.session));
      }
      if (opensLonger(current, next)) {
        checkOpenAbove(next, await this.openOrganisation(tx, current.organisationId));
        await this.repository.touchOrganisation(tx, current.organisationId);
      }
      await this.repository.replaceLocation(tx, current, next);
      return locationView(next);
    });
  }

  private async openOrganisation(tx: Tx, organisationId: string): Promise<OrganisationDocument> {
    const organisation = await this.repository.organisation(organisationId, tx.session);
    if (!organisation) throw Refusal.of('unknown-organisation', { fields: ['organisationId'] });
    if (organisation.kind !== 'institution') {
      throw Refusal.of('organisation-has-no-places', { fields: ['organisationId'] });
    }
    return organisation;
  }
}

interface NamedPart {
  version: number;
  name: string;
  nameKey: string;
  closedFrom?: LocationDocument['closedFrom'];
}

/** What the fields that all parts have become by a change: absent stays, `null` goes. */
export function changeOf(
  command: { name?: string; closedFrom?: LocationDocument['closedFrom'] | null },
  current: NamedPart,
): NamedPart {
  const name = command.name?.trim() ?? current.name;
  return {
    version: current.version + 1,
    name,
    nameKey: nameKeyOf(name),
    closedFrom: command.closedFrom === undefined ? current.closedFrom : (command.closedFrom ?? undefined),
  };
}

/** Whether a change makes a part open on days on which it was closed. */
export function opensLonger(current: Pick<NamedPart, 'closedFrom'>, next: Pick<NamedPart, 'closedFrom'>): boolean {
  if (current.closedFrom === undefined) return false;
  return next.closedFrom === undefined || next.closedFrom > current.closedFrom;
}

function addressOf(input: CreateLocation['address']): LocationDocument['address'] {
  if (!input) return undefined;
  const address = withoutNothing<NonNullable<LocationDocument['address']>>({
    street: input.street ?? undefined,
    houseNumber: input.houseNumber ?? undefined,
    postcode: input.postcode ?? undefined,
    city: input.city ?? undefined,
  });
  return Object.keys(address).length > 0 ? address : undefined;
}
