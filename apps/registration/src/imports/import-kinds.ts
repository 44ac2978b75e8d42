import { Injectable } from '@nestjs/common';
import type { ImportKind } from '#contracts/registration/imports.js';
import { ClientsImport } from './clients/clients-import.js';
import type { ImportKindHandler } from './import-kind.js';
import { PlacesImport } from './places/places-import.js';
import { StaysImport } from './stays/stays-import.js';

/** The handler of each kind of file. */
@Injectable()
export class ImportKinds {
  private readonly handlers: Readonly<Record<ImportKind, ImportKindHandler>>;

  constructor(places: PlacesImport, clients: ClientsImport, stays: StaysImport) {
    this.handlers = { places, clients, stays };
  }

  of(kind: ImportKind): ImportKindHandler {
    return this.handlers[kind];
  }
}
