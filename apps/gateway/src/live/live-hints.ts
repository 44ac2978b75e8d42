import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import type { Msg } from '@nats-io/transport-node';
import type { LiveHint } from '#contracts/notifications/live-hint.js';
import { type Ids, idSets } from '#contracts/registration/referenced-ids.js';
import { Nats } from '#messaging/nats.js';
import { CallerResolver } from '../sign-in/caller-resolver.js';

/** Subject on which notifications says, after each commit, that somebody's meldingen changed. */
const MELDINGEN = 'live.meldingen.';
/** And that somebody's caseload or replacements changed. */
const RELATIONS = 'live.relations.';

/** @param refers what names will be needed, if the hint says so */
type Listener = (refers?: Ids) => void;
type Listeners = Map<string, Set<Listener>>;

/**
 * Hints that it is worth asking now, handed to the open streams of a person. A hint may be lost or come twice: it
 * carries no more than whose meldingen or relations changed and which names will be needed. One subscription per kind serves all streams of the process.
 */
@Injectable()
export class LiveHints implements OnApplicationBootstrap {
  private readonly ofMeldingen: Listeners = new Map();
  private readonly ofRelations: Listeners = new Map();

  constructor(
    private readonly nats: Nats,
    private readonly callers: CallerResolver,
  ) {}

  onApplicationBootstrap(): void {
    this.subscribe(MELDINGEN, (personId, refers) => tell(this.ofMeldingen, personId, refers));
    this.subscribe(RELATIONS, (personId) => {
      // First, so that whoever asks because of the hint gets the relations as they are now.
      this.callers.forget(personId);
      tell(this.ofRelations, personId);
    });
    // Hints of the time without a broker are lost: everybody asks once.
    this.nats.onReconnect(() => {
      for (const personId of this.ofRelations.keys()) this.callers.forget(personId);
      for (const listeners of [this.ofRelations, this.ofMeldingen]) {
        for (const personId of [...listeners.keys()]) tell(listeners, personId);
      }
    });
  }

  /** Calls back at each hint about a person's meldingen. Returns how to stop listening. */
  listen(personId: string, listener: Listener): () => void {
    return add(this.ofMeldingen, personId, listener);
  }

  /** Calls back when a person's caseload or replacements changed. Returns how to stop listening. */
  listenToRelations(personId: string, listener: () => void): () => void {
    return add(this.ofRelations, personId, listener);
  }

  private subscribe(prefix: string, hear: (personId: string, refers?: Ids) => void): void {
    this.nats.connection.subscribe(`${prefix}*`, {
      callback: (error, message) => {
        if (!error) hear(message.subject.slice(prefix.length), readRefers(message));
      },
    });
  }
}

/** What a hint refers to; a hint that cannot be read is a hint all the same. */
function readRefers(message: Msg): Ids | undefined {
  try {
    const { refers } = message.json<Partial<LiveHint>>();
    return refers && idSets(refers);
  } catch {
    return undefined;
  }
}

function add(all: Listeners, personId: string, listener: Listener): () => void {
  const listeners = all.get(personId) ?? new Set();
  all.set(personId, listeners.add(listener));
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0 && all.get(personId) === listeners) all.delete(personId);
  };
}

function tell(all: Listeners, personId: string, refers?: Ids): void {
  for (const listener of [...(all.get(personId) ?? [])]) listener(refers);
}
