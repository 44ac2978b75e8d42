import { Module } from '@nestjs/common';
import { StaysModule } from '../stays/stays.module.js';
import { ClientNumbers } from './client-numbers.js';
import { CurrentClients } from './current-clients.js';
import { ExternalIds } from './external-ids.js';
import { OutsideEventsController } from './outside-events.controller.js';
import { OutsideEventsRepository } from './outside-events.repository.js';
import { OutsideEventsService } from './outside-events.service.js';
import { SourceOwners } from './source-owners.js';

/** What other systems tell us, and the numbers under which they know clients and places. */
@Module({
  imports: [StaysModule],
  controllers: [OutsideEventsController],
  providers: [ExternalIds, ClientNumbers, CurrentClients, SourceOwners, OutsideEventsRepository, OutsideEventsService],
  exports: [ExternalIds, ClientNumbers, CurrentClients],
})
export class OutsideModule {}
