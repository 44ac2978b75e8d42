import { type DynamicModule, Module } from '@nestjs/common';
import { Bus } from './bus.js';
import { Database } from '#persistence/database.js';
import { DeadLetters } from './dead-letters.js';
import { JetStreamStrategy } from './jetstream-strategy.js';
import { MESSAGING_OPTIONS, type MessagingOptions } from './messaging-options.js';
import { Nats } from './nats.js';
import { Outbox } from './outbox.js';
import { OutboxRelay } from './outbox-relay.js';
import { Turns } from './turns.js';

/** Gives a service its broker connection, its outbox with relay, its dead letters and the turns of its consumers. */
@Module({})
export class MessagingModule {
  static forRoot(options: MessagingOptions): DynamicModule {
    return {
      module: MessagingModule,
      global: true,
      providers: [
        { provide: MESSAGING_OPTIONS, useValue: options },
        Nats,
        Bus,
        Outbox,
        OutboxRelay,
        DeadLetters,
        Turns,
        {
          provide: JetStreamStrategy,
          inject: [Nats, Database, DeadLetters, Turns],
          useFactory: (nats: Nats, database: Database, deadLetters: DeadLetters, turns: Turns) =>
            new JetStreamStrategy(nats, database, deadLetters, turns, options.consumption),
        },
      ],
      exports: [JetStreamStrategy, Nats, Bus, Outbox, OutboxRelay, DeadLetters, Turns],
    };
  }
}
