import type { Type } from '@nestjs/common';
import { Controller } from '@nestjs/common';
import type { Caller } from '#contracts/caller.js';
import {
  type DeadLetter,
  DeadLetterById,
  deadLetterRequests,
  DropDeadLetter,
  ListDeadLetters,
  ReplayDeadLetter,
} from '#contracts/dead-letters.js';
import type { Page } from '#contracts/paging.js';
import { Refusal } from '#contracts/refusal.js';
import { DeadLetters } from '#messaging/dead-letters.js';
import { JetStreamStrategy } from '#messaging/jetstream-strategy.js';
import { Handles } from './handles.js';

/** Makes the controller through which an operator sees, mends, replays and drops the dead letters of one service. */
export function deadLettersController(service: string): Type {
  const requests = deadLetterRequests(service);

  @Controller()
  class DeadLettersController {
    constructor(
      private readonly deadLetters: DeadLetters,
      private readonly strategy: JetStreamStrategy,
    ) {}

    @Handles(requests.list)
    list(query: ListDeadLetters, _caller: Caller): Promise<Page<DeadLetter>> {
      return this.deadLetters.list(query.state, query.cursor, query.limit);
    }

    @Handles(requests.get)
    get(query: DeadLetterById, _caller: Caller): Promise<DeadLetter> {
      return this.known(query.id);
    }

    @Handles(requests.replay)
    async replay(command: ReplayDeadLetter, caller: Caller): Promise<DeadLetter> {
      const letter = await this.waiting(command.id);
      try {
        await this.strategy.handle({ ...letter.event, data: command.data ?? letter.event.data });
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        throw Refusal.of('dead-letter-fails-again', { params: { reason } });
      }
      await this.deadLetters.decide(command.id, 'replayed', caller.personId);
      return this.known(command.id);
    }

    @Handles(requests.drop)
    async drop(command: DropDeadLetter, caller: Caller): Promise<DeadLetter> {
      await this.waiting(command.id);
      await this.deadLetters.decide(command.id, 'dropped', caller.personId, command.reason);
      return this.known(command.id);
    }

    private async known(id: string): Promise<DeadLetter> {
      const letter = await this.deadLetters.find(id);
      if (!letter) throw Refusal.of('not-found');
      return letter;
    }

    private async waiting(id: string): Promise<DeadLetter> {
      const letter = await this.known(id);
      if (letter.state !== 'dead') throw Refusal.of('dead-letter-decided');
      return letter;
    }
  }
  return DeadLettersController;
}
