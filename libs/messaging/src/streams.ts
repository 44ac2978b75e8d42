import {
  type ConsumerConfig,
  type JetStreamManager,
  RetentionPolicy,
  StorageType,
  type StreamInfo,
} from '@nats-io/jetstream';
import { nanos } from '@nats-io/transport-node';
import type { StreamName } from '#contracts/fact.js';
import { DEFAULT_RETENTION_DAYS } from './messaging-options.js';
import type { Nats } from './nats.js';

/** De-duplication window of the broker. Short on purpose: it serves retries of one publication, not redeliveries. */
const DUPLICATE_WINDOW_MS = 120_000;
const DAY_MS = 86_400_000;

/** Every stream of the system. */
export const STREAMS: readonly StreamName[] = ['FACTS', 'ACCESS'];

/**
 * Makes sure that a stream exists with our settings. Safe to call from every process at once and after the stream was
 * deleted under a running system.
 */
export async function ensureStream(nats: Nats, stream: StreamName, manager?: JetStreamManager): Promise<StreamInfo> {
  const jsm = manager ?? (await nats.manager());
  const config = {
    subjects: [`${stream.toLowerCase()}.>`],
    retention: RetentionPolicy.Limits,
    storage: StorageType.File,
    max_age: nanos((nats.options.retentionDays ?? DEFAULT_RETENTION_DAYS) * DAY_MS),
    duplicate_window: nanos(DUPLICATE_WINDOW_MS),
    max_msg_size: 64 * 1024 + 4_096,
  };
  try {
    return await jsm.streams.add({ name: stream, ...config });
  } catch (error) {
    // Somebody made it with older settings: bring them up to date.
    if (error instanceof Error && /already in use/.test(error.message)) {
      return await jsm.streams.update(stream, config);
    }
    throw error;
  }
}

/** Makes sure that a durable consumer exists with our settings; another version of the service may have made it. */
export async function ensureConsumer(
  manager: JetStreamManager,
  stream: StreamName,
  config: Partial<ConsumerConfig> & { durable_name: string },
): Promise<void> {
  try {
    await manager.consumers.add(stream, config);
  } catch (error) {
    if (!(error instanceof Error && /already (in use|exists)/.test(error.message))) throw error;
    await manager.consumers.update(stream, config.durable_name, config);
  }
}
