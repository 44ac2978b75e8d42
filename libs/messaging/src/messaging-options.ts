/** What the messaging of one service needs to know. */
export interface MessagingOptions {
  /** The service's name: queue group, durable consumer and event source. */
  service: string;
  /** NATS servers, comma separated. */
  natsUrl: string;
  /** Facts handled at the same time by one process; facts of one key are always handled one by one. */
  concurrency?: number;
  /** Days that the broker keeps facts; the outbox keeps them a little longer, to publish again what it lost. */
  retentionDays?: number;
  /** Attempts and waits of consumers, where the defaults do not fit. */
  consumption?: Partial<ConsumptionOptions>;
}

/** How facts are consumed; the defaults suit production, tests shorten them. The retries take 25 s together. */
export interface ConsumptionOptions {
  /** Failures after which a fact is given to the dead letters. */
  maxAttempts: number;
  /** Wait after the first failure, milliseconds; doubles each time. */
  backoffMs: number;
  /** Longest wait between attempts, milliseconds. */
  maxBackoffMs: number;
  /** Longest wait of a fact for a predecessor that may never come, milliseconds; longer than its retries take. */
  patienceMs: number;
}

export const DEFAULT_CONSUMPTION: ConsumptionOptions = {
  maxAttempts: 8,
  backoffMs: 200,
  maxBackoffMs: 30_000,
  patienceMs: 45_000,
};

export const MESSAGING_OPTIONS = Symbol('MESSAGING_OPTIONS');

/** Days that facts stay in the stream when nothing else is set. */
export const DEFAULT_RETENTION_DAYS = 30;
