import { Module } from '@nestjs/common';
import { Creations } from '../creations.js';
import { NamesModule } from '../names/names.module.js';
import { PeopleController } from '../people/people.controller.js';
import { PeopleRepository } from '../people/people.repository.js';
import { PeopleService } from '../people/people.service.js';
import { PlacesService } from './places.service.js';
import { StructureReadingService } from './structure-reading.service.js';
import { StructureController } from './structure.controller.js';
import { StructureRepository } from './structure.repository.js';
import { StructureService } from './structure.service.js';

/**
 * Organisations, places and people together: a cluster names a person, a person works for an organisation, and each
 * checks the other when it changes.
 */
@Module({
  imports: [NamesModule],
  controllers: [StructureController, PeopleController],
  providers: [
    Creations,
    StructureRepository,
    StructureService,
    StructureReadingService,
    PlacesService,
    PeopleRepository,
    PeopleService,
  ],
  exports: [StructureRepository, StructureService, PlacesService, PeopleRepository, PeopleService],
})
export class StructureModule {}
