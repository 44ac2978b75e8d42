import type { Msg, Subscription } from '@nats-io/transport-node';
import type { Nats } from './nats.js';
import type { TurnListener } from './turns.js';

/**
 * News of turns among the processes of one service, on core NATS: it may be lost and may come twice. It only wakes who
 * waits; the database decides.
 */
export class TurnNews {
  private subscription: Subscription | undefined;

  constructor(private readonly nats: Nats) {}

  /** Tells the other processes that a turn was taken. */
  tell(aggregate: string, version: number): void {
    try {
      this.nats.connection.publish(this.subject, JSON.stringify([aggregate, version]));
    } catch {
      // The broker is away for the moment: whoever waits looks by itself within a second.
    }
  }

  /** Calls back with every turn that any process of the service tells of, this one included; asked again, it stays so. */
  listen(heard: TurnListener): void {
    this.subscription ??= this.nats.connection.subscribe(this.subject, {
      callback: (error, message) => {
        if (!error) read(message, heard);
      },
    });
  }

  stop(): void {
    this.subscription?.unsubscribe();
  }

  private get subject(): string {
    return `turns.${this.nats.options.service}`;
  }
}

function read(message: Msg, heard: TurnListener): void {
  const news: unknown = message.json();
  const [aggregate, version] = Array.isArray(news) ? (news as unknown[]) : [];
  if (typeof aggregate === 'string' && typeof version === 'number') heard(aggregate, version);
}
