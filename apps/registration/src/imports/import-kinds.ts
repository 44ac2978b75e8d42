import { Injectable } from '@nestjs/common';
import type { Caller } from '#contracts/caller.js';
import type { ImportKind } from '#contracts/imports/imports.js';
import { Refusal } from '#contracts/refusal.js';
import { type ImportKindHandler, ImportKinds, type ImportOwner } from '#imports/import-kind.js';
import { ClientsImport } from './clients/clients-import.js';
import { PlacesImport } from './places/places-import.js';
import type { RowPlan } from './row-plan.js';
import { StaysImport } from './stays/stays-import.js';

/** The kinds of file of registration: places are the operator's, clients and stays those of an institution. */
@Injectable()
export class RegistrationImportKinds extends ImportKinds {
  private readonly handlers: Readonly<Record<ImportKind<'registration'>, ImportKindHandler<RowPlan>>>;

  constructor(places: PlacesImport, clients: ClientsImport, stays: StaysImport) {
    super();
    this.handlers = { places, clients, stays };
  }

  of(kind: ImportKind): ImportKindHandler<RowPlan> {
    if (kind === 'zrms') throw new Error('files of ZRMs are taken by assessment');
    return this.handlers[kind];
  }

  ownerOf(kind: ImportKind, { kind: callerKind, roles, personId, organisationId }: Caller): ImportOwner {
    const role = kind === 'places' ? 'beheerder' : 'clientmanager';
    if (callerKind !== 'person' || !roles.includes(role)) throw Refusal.of('not-permitted');
    if (kind === 'places') return { owner: `person:${personId}` };
    if (organisationId === undefined) throw Refusal.of('not-permitted');
    return { owner: organisationId, organisationId };
  }

  ownersOf({ roles, personId, organisationId }: Caller): string[] {
    return [
      ...(roles.includes('beheerder') ? [`person:${personId}`] : []),
      ...(roles.includes('clientmanager') && organisationId !== undefined ? [organisationId] : []),
    ];
  }
}
