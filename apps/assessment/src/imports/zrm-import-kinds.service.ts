import { Injectable } from '@nestjs/common';
import type { Caller } from '#contracts/caller.js';
import type { ImportKind } from '#contracts/imports/imports.js';
import { Refusal } from '#contracts/refusal.js';
import { ImportKinds, type ImportOwner } from '#imports/import-kind.js';
import { ZrmsImport } from './zrms-import.service.js';

/** The kind of file that this service takes: ZRMs, of the clients of an institution. */
@Injectable()
export class ZrmImportKinds extends ImportKinds {
  constructor(private readonly zrms: ZrmsImport) {
    super();
  }

  of(kind: ImportKind): ZrmsImport {
    if (kind !== 'zrms') throw new Error(`files of ${kind} are taken by another service`);
    return this.zrms;
  }

  ownerOf(_kind: ImportKind, caller: Caller): ImportOwner {
    const [owner] = this.ownersOf(caller);
    if (owner === undefined) throw Refusal.of('not-permitted');
    return { owner, organisationId: owner };
  }

  ownersOf({ kind, roles, organisationId }: Caller): string[] {
    const isManager = kind === 'person' && roles.includes('clientmanager');
    return isManager && organisationId !== undefined ? [organisationId] : [];
  }
}
