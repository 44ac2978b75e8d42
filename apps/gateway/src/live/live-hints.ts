import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { Nats } from '#messaging/nats.js';

/** Subject on which notifications says, after each commit, that somebody's meldingen changed. */
const SUBJECT = 'live.meldingen.*';

/**
 * Hints that it is worth asking now, handed to the open streams of a person. A hint may be lost or come twice: it
 * carries nothing but whose meldingen changed. One subscription serves all streams of the process.
 */
@Injectable()
export class LiveHints implements OnApplicationBootstrap {
  private readonly listeners = new Map<string, Set<() => void>>();

  constructor(private readonly nats: Nats) {}

  onApplicationBootstrap(): void {
    this.nats.connection.subscribe(SUBJECT, {
      callback: (error, message) => {
        if (!error) this.tell(message.subject.slice(SUBJECT.length - 1));
      },
    });
    // Hints of the time without a broker are lost: everybody asks once.
    this.nats.onReconnect(() => {
      for (const personId of this.listeners.keys()) this.tell(personId);
    });
  }

  /** Calls back at each hint for a person. Returns how to stop listening. */
  listen(personId: string, listener: () => void): () => void {
    const listeners = this.listeners.get(personId) ?? new Set();
    this.listeners.set(personId, listeners.add(listener));
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0 && this.listeners.get(personId) === listeners) this.listeners.delete(personId);
    };
  }

  private tell(personId: string): void {
    for (const listener of this.listeners.get(personId) ?? []) listener();
  }
}
