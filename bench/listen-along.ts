import { connect } from '@nats-io/transport-node';

/** What passes the broker, and when: it shows where the time of a change goes. */
export interface ListeningAlong {
  /** When the latest housing fact of a client passed, of `performance.now()`. */
  publishedAt(clientId: string): number;
  /** When the latest hint passed that an inbox changed: its melding is stored by then. */
  storedAt(): number;
  close(): Promise<void>;
}

/** Listens beside the services, as an ordinary subscriber. */
export async function listenAlong(natsUrl: string): Promise<ListeningAlong> {
  const nats = await connect({ servers: natsUrl });
  const facts = new Map<string, number>();
  let hint = Number.NaN;
  nats.subscribe('facts.registration.housing-situation-changed.*', {
    callback: (_error, message) => {
      facts.set(message.json<{ partitionkey: string }>().partitionkey, performance.now());
    },
  });
  nats.subscribe('live.meldingen.*', {
    callback: () => {
      hint = performance.now();
    },
  });
  await nats.flush();
  return {
    publishedAt: (clientId) => facts.get(clientId) ?? Number.NaN,
    storedAt: () => hint,
    close: () => nats.close(),
  };
}
