import { Module } from '@nestjs/common';
import { StaysModule } from '../stays/stays.module.js';
import { ExternalIds } from './external-ids.js';
import { OutsideEventsController } from './outside-events.controller.js';
import { OutsideEventsRepository } from './outside-events.repository.js';
import { OutsideEventsService } from './outside-events.service.js';

/** What other systems tell us, and the numbers under which they know clients and places. */
@Module({
  imports: [StaysModule],
  controllers: [OutsideEventsController],
  providers: [ExternalIds, OutsideEventsRepository, OutsideEventsService],
  exports: [ExternalIds],
})
export class OutsideModule {}
