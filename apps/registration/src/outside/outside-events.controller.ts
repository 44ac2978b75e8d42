import { Controller } from '@nestjs/common';
import type { Caller } from '#contracts/caller.js';
import type { Page } from '#contracts/paging.js';
import {
  listOutsideEvents,
  ListOutsideEvents,
  type OutsideEventAnswers,
  type OutsideEventStatus,
  receiveOutsideEvents,
  ReceiveOutsideEvents,
} from '#contracts/registration/outside-events.js';
import { Handles } from '#platform/handles.js';
import { OutsideEventsService } from './outside-events.service.js';

/** Housing changes from other systems. */
@Controller()
export class OutsideEventsController {
  constructor(private readonly service: OutsideEventsService) {}

  @Handles(receiveOutsideEvents)
  async receive(command: ReceiveOutsideEvents, caller: Caller): Promise<OutsideEventAnswers> {
    return { answers: await this.service.receive(command.events, caller) };
  }

  @Handles(listOutsideEvents)
  list(query: ListOutsideEvents, caller: Caller): Promise<Page<OutsideEventStatus>> {
    return this.service.list(query, caller);
  }
}
