import { type DynamicModule, Module } from '@nestjs/common';
import { ClientNumberHash } from '#access/client-number-hash.js';
import { Creations } from '../creations.js';
import { NamesModule } from '../names/names.module.js';
import type { RegistrationConfig } from '../registration.config.js';
import { StaysModule } from '../stays/stays.module.js';
import { BsnCipher } from './bsn-cipher.js';
import { ClientMergeService } from './client-merge.service.js';
import { ClientReadingService } from './client-reading.service.js';
import { ClientWriting } from './client-writing.js';
import { ClientsController } from './clients.controller.js';
import { ClientsRepository } from './clients.repository.js';
import { ClientsService } from './clients.service.js';
import { LookAlikes } from './look-alikes.js';
import { RecordQualityService } from './record-quality.service.js';

/** Client records. Other features import `ClientsModule` itself; the root gives it the keys. */
@Module({
  imports: [NamesModule, StaysModule],
  controllers: [ClientsController],
  providers: [
    Creations,
    ClientsRepository,
    ClientWriting,
    ClientsService,
    ClientReadingService,
    ClientMergeService,
    LookAlikes,
    RecordQualityService,
  ],
  exports: [ClientsRepository, ClientsService, ClientReadingService, LookAlikes],
})
export class ClientsModule {}

/** Gives what works with secret keys, once for the service. */
@Module({})
export class KeysModule {
  static with({ BSN_ENCRYPTION_KEY, BSN_HASH_KEY, CLIENT_NUMBER_KEY }: RegistrationConfig): DynamicModule {
    const cipher = new BsnCipher({ encryptionKey: BSN_ENCRYPTION_KEY, hashKey: BSN_HASH_KEY });
    return {
      module: KeysModule,
      global: true,
      providers: [
        { provide: BsnCipher, useValue: cipher },
        { provide: ClientNumberHash, useValue: new ClientNumberHash(CLIENT_NUMBER_KEY) },
      ],
      exports: [BsnCipher, ClientNumberHash],
    };
  }
}
