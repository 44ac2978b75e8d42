import { Module } from '@nestjs/common';
import { ClientsModule } from '../clients/clients.module.js';
import { OutsideModule } from '../outside/outside.module.js';
import { StaysModule } from '../stays/stays.module.js';
import { StructureModule } from '../structure/structure.module.js';
import { ClientsImport } from './clients/clients-import.js';
import { ImportModels } from './import.schema.js';
import { ImportCommitter } from './import-committer.js';
import { ImportKinds } from './import-kinds.js';
import { ImportReader } from './import-reader.js';
import { ImportWorker } from './import-worker.js';
import { ImportsController } from './imports.controller.js';
import { ImportsRepository } from './imports.repository.js';
import { ImportsService } from './imports.service.js';
import { PlacesImport } from './places/places-import.js';
import { StructureFinder } from './places/structure-finder.js';
import { StaysImport } from './stays/stays-import.js';

/** Imports of places, clients and stays from files (domain.md §3, changes from files). */
@Module({
  imports: [ClientsModule, OutsideModule, StaysModule, StructureModule],
  controllers: [ImportsController],
  providers: [
    ImportModels,
    ImportsRepository,
    ImportsService,
    ImportWorker,
    ImportReader,
    ImportCommitter,
    ImportKinds,
    StructureFinder,
    PlacesImport,
    ClientsImport,
    StaysImport,
  ],
})
export class ImportsModule {}
