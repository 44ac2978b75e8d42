import { Injectable } from '@nestjs/common';
import type { Caller } from '#contracts/caller.js';
import { Refusal } from '#contracts/refusal.js';
import { clusterChanged } from '#contracts/registration/facts.js';
import type { CreateCluster, CreatePlace, UpdateCluster, UpdatePlace } from '#contracts/registration/structure.js';
import type { ClusterSummary, PlaceSummary } from '#contracts/registration/structure-shapes.js';
import { Outbox } from '#messaging/outbox.js';
import type { Tx } from '#persistence/unit-of-work.js';
import { Creations } from '../creations.js';
import { PeopleRepository } from '../people/people.repository.js';
import { nameKeyOf } from '../name-rules.js';
import { checkVersion } from '../versions.js';
import { withoutNothing } from '../without-nothing.js';
import type { PlaceDocument } from './place.schema.js';
import {
  canRepresent,
  checkNothingOpenBelow,
  checkOccupationsInside,
  checkOpenAbove,
  checkOpenPeriod,
} from './structure-rules.js';
import { changeOf, opensLonger } from './structure.service.js';
import { StructureRepository } from './structure.repository.js';
import { clusterView, placeView } from './structure-views.js';
import type { ClusterDocument } from './structure.schema.js';

/** Keeps clusters of places and the places in them. Only the operator comes here (see the contract's roles). */
@Injectable()
export class PlacesService {
  constructor(
    private readonly repository: StructureRepository,
    private readonly people: PeopleRepository,
    private readonly creations: Creations,
    private readonly outbox: Outbox,
  ) {}

  /** @throws Refusal `not-found`, `representative-unfit`, `closed-above`, `already-exists` */
  async createCluster(command: CreateCluster, caller: Caller): Promise<ClusterSummary> {
    const created = await this.creations.once<ClusterDocument>('cluster', caller.personId, command, {
      find: (id, session) => this.repository.cluster(id, session),
      make: async (tx, { id, requestHash }) => {
        const location = await this.repository.location(command.locationId, tx.session);
        if (!location) throw Refusal.of('not-found');
        const document = withoutNothing<ClusterDocument>({
          _id: id,
          version: 1,
          locationId: location._id,
          organisationId: location.organisationId,
          name: command.name.trim(),
          nameKey: nameKeyOf(command.name),
          representativePersonId: command.representativePersonId ?? undefined,
          requestHash,
          below: 0,
        });
        checkOpenAbove(document, location);
        await this.checkRepresentative(tx, document);
        await this.repository.insertCluster(tx, document);
        await this.repository.touchLocation(tx, location._id);
        this.tell(tx, document);
        return document;
      },
    });
    return this.clusterWithName(created);
  }

  /** @throws Refusal `not-found`, `stale-version`, `representative-unfit`, `still-open-below`, `closed-above` */
  async updateCluster(command: UpdateCluster): Promise<ClusterSummary> {
    const updated = await this.creations.unique(async (tx) => {
      const current = await this.repository.cluster(command.clusterId, tx.session);
      if (!current) throw Refusal.of('not-found');
      checkVersion(command.expectedVersion, current.version);
      const { representativePersonId } = command;
      const next = withoutNothing<ClusterDocument>({
        ...current,
        ...changeOf(command, current),
        representativePersonId:
          representativePersonId === undefined ? current.representativePersonId : (representativePersonId ?? undefined),
      });
      if (next.closedFrom !== undefined) {
        checkNothingOpenBelow(next.closedFrom, await this.repository.placesIn(current._id, tx.session));
      }
      if (opensLonger(current, next)) await this.checkLocationOpen(tx, next);
      if (next.representativePersonId !== current.representativePersonId) await this.checkRepresentative(tx, next);
      await this.repository.replaceCluster(tx, current, next);
      this.tell(tx, next);
      return next;
    });
    return this.clusterWithName(updated);
  }

  /** @throws Refusal `not-found`, `date-order`, `closed-above`, `already-exists` */
  async createPlace(command: CreatePlace, caller: Caller): Promise<PlaceSummary> {
    const created = await this.creations.once<PlaceDocument>('place', caller.personId, command, {
      find: (id, session) => this.repository.place(id, session),
      make: async (tx, { id, requestHash }) => {
        const cluster = await this.repository.cluster(command.clusterId, tx.session);
        if (!cluster) throw Refusal.of('not-found');
        const document = withoutNothing<PlaceDocument>({
          _id: id,
          version: 1,
          label: command.name.trim(),
          labelKey: nameKeyOf(command.name),
          clusterId: cluster._id,
          locationId: cluster.locationId,
          organisationId: cluster.organisationId,
          kind: command.kind,
          zwaarte: command.zwaarte,
          fundingFrame: command.fundingFrame,
          openFrom: command.openFrom ?? undefined,
          closedFrom: command.closedFrom ?? undefined,
          requestHash,
          ledger: { version: 0, occupations: [] },
        });
        checkOpenPeriod(document);
        checkOpenAbove(document, cluster);
        await this.repository.insertPlace(tx, document);
        await this.repository.touchCluster(tx, cluster._id);
        return document;
      },
    });
    return placeView(created);
  }

  /** @throws Refusal `not-found`, `stale-version`, `date-order`, `place-in-use`, `closed-above`, `already-exists` */
  updatePlace(command: UpdatePlace): Promise<PlaceSummary> {
    return this.creations.unique(async (tx) => {
      const current = await this.repository.place(command.placeId, tx.session);
      if (!current) throw Refusal.of('not-found');
      checkVersion(command.expectedVersion, current.version);
      const next = changedPlace(command, current);
      checkOpenPeriod(next);
      checkOccupationsInside(current.label, next, current.ledger.occupations);
      if (opensLonger(current, next)) {
        const cluster = await this.repository.cluster(current.clusterId, tx.session);
        checkOpenAbove(next, cluster ?? {});
        await this.repository.touchCluster(tx, current.clusterId);
      }
      await this.repository.replacePlace(tx, current, next);
      return placeView(next);
    });
  }

  private async checkLocationOpen(tx: Tx, cluster: ClusterDocument): Promise<void> {
    const location = await this.repository.location(cluster.locationId, tx.session);
    checkOpenAbove(cluster, location ?? {});
    await this.repository.touchLocation(tx, cluster.locationId);
  }

  private async checkRepresentative(tx: Tx, cluster: ClusterDocument): Promise<void> {
    const { representativePersonId, organisationId } = cluster;
    if (representativePersonId === undefined) return;
    const person = await this.people.find(representativePersonId, tx.session);
    if (!canRepresent(person, organisationId)) {
      throw Refusal.of('representative-unfit', { fields: ['representativePersonId'] });
    }
    // Somebody who leaves at this very moment conflicts with being named.
    await this.people.touch(tx, representativePersonId);
  }

  private tell(tx: Tx, { _id, organisationId, representativePersonId, version }: ClusterDocument): void {
    const representative = representativePersonId === undefined ? {} : { representativeId: representativePersonId };
    const data = { clusterId: _id, organisationId, ...representative, version };
    this.outbox.add(tx, clusterChanged, data, { key: _id, version });
  }

  private async clusterWithName(cluster: ClusterDocument): Promise<ClusterSummary> {
    const { representativePersonId } = cluster;
    const person = representativePersonId === undefined ? null : await this.people.find(representativePersonId);
    return clusterView(cluster, person?.name);
  }
}

function changedPlace(command: UpdatePlace, current: PlaceDocument): Omit<PlaceDocument, 'ledger'> {
  const { ledger: _, label: _label, labelKey: _key, ...rest } = current;
  const { name, nameKey, version, closedFrom } = changeOf(command, {
    ...current,
    name: current.label,
    nameKey: current.labelKey,
  });
  return withoutNothing<Omit<PlaceDocument, 'ledger'>>({
    ...rest,
    version,
    label: name,
    labelKey: nameKey,
    kind: command.kind ?? current.kind,
    zwaarte: command.zwaarte ?? current.zwaarte,
    fundingFrame: command.fundingFrame ?? current.fundingFrame,
    openFrom: command.openFrom === undefined ? current.openFrom : (command.openFrom ?? undefined),
    closedFrom,
  });
}
