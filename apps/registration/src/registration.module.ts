import { type DynamicModule, Module } from '@nestjs/common';
import { PlatformModule } from '#platform/platform.module.js';
import { ClaimsOfRecords } from './claims-of-records.js';
import { ClientsModule, KeysModule } from './clients/clients.module.js';
import { DemoClockController } from './demo-clock/demo-clock.controller.js';
import { ImportsModule } from './imports/imports.module.js';
import { NamesModule } from './names/names.module.js';
import { FIRST_OPERATOR_SUBJECT, FirstOperator } from './people/first-operator.js';
import { OutsideModule } from './outside/outside.module.js';
import type { RegistrationConfig } from './registration.config.js';
import { StaysModule } from './stays/stays.module.js';
import { StoreModule } from './store.module.js';
import { StructureModule } from './structure/structure.module.js';
import { WaitingListModule } from './waiting-list/waiting-list.module.js';

/** Clients, organisations and places, people, stays, waiting list and imports. */
@Module({})
export class RegistrationModule {
  static with(config: RegistrationConfig): DynamicModule {
    return {
      module: RegistrationModule,
      imports: [
        PlatformModule.forService('registration', config),
        KeysModule.with(config),
        StoreModule,
        NamesModule,
        StructureModule,
        ClientsModule,
        StaysModule,
        WaitingListModule,
        OutsideModule,
        ImportsModule,
      ],
      controllers: [DemoClockController],
      providers: [
        { provide: FIRST_OPERATOR_SUBJECT, useFactory: () => config.BOOTSTRAP_OPERATOR_SUBJECT },
        FirstOperator,
        ClaimsOfRecords,
      ],
    };
  }
}
