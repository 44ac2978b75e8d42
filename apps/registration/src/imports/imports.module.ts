import { Module } from '@nestjs/common';
import { registrationImports } from '#contracts/registration/imports.js';
import { ImportCipher } from '#imports/import-cipher.js';
import { ImportKinds } from '#imports/import-kind.js';
import { importMachine } from '#imports/import-machine.js';
import { importsController } from '#imports/imports.controller.js';
import { BsnCipher } from '../clients/bsn-cipher.js';
import { ClientsModule } from '../clients/clients.module.js';
import { OutsideModule } from '../outside/outside.module.js';
import { StaysModule } from '../stays/stays.module.js';
import { StructureModule } from '../structure/structure.module.js';
import { ClientsImport } from './clients/clients-import.js';
import { RegistrationImportKinds } from './import-kinds.js';
import { PlacesImport } from './places/places-import.js';
import { StructureFinder } from './places/structure-finder.js';
import { StaysImport } from './stays/stays-import.js';

/** Imports of places, clients and stays from files (domain.md §3, changes from files). */
@Module({
  imports: [ClientsModule, OutsideModule, StaysModule, StructureModule],
  controllers: [importsController(registrationImports)],
  providers: [
    ...importMachine,
    // Files of clients hold BSNs: they are sealed with the same key.
    { provide: ImportCipher, useExisting: BsnCipher },
    { provide: ImportKinds, useClass: RegistrationImportKinds },
    StructureFinder,
    PlacesImport,
    ClientsImport,
    StaysImport,
  ],
})
export class ImportsModule {}
