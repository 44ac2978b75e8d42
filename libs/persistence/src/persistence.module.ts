import { type DynamicModule, Module } from '@nestjs/common';
import { Database, DATABASE_OPTIONS, type DatabaseOptions } from './database.js';
import { UnitOfWork } from './unit-of-work.js';

/** Gives a service its database and its units of work. */
@Module({})
export class PersistenceModule {
  static forRoot(options: DatabaseOptions): DynamicModule {
    return {
      module: PersistenceModule,
      global: true,
      providers: [{ provide: DATABASE_OPTIONS, useValue: options }, Database, UnitOfWork],
      exports: [Database, UnitOfWork],
    };
  }
}
