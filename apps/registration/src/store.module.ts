import { Global, Module } from '@nestjs/common';
import { Claims } from '#persistence/claims.js';
import { ClientVersionModel } from './clients/client-version.schema.js';
import { ClientModel } from './clients/client.schema.js';
import { PersonModel } from './people/person.schema.js';
import { PlaceModel } from './structure/place.schema.js';
import { StructureMemory } from './structure/structure-memory.js';
import { StructureModels } from './structure/structure.schema.js';

const models = [ClientModel, ClientVersionModel, PlaceModel, StructureModels, StructureMemory, PersonModel, Claims];

/** The collections that several features share; each is registered once. */
@Global()
@Module({ providers: models, exports: models })
export class StoreModule {}
