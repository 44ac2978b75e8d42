import { IsInt, Matches, Max, Min } from 'class-validator';
import { ServiceConfig } from '#platform/config.js';

/** Environment of audit. */
export class AuditConfig extends ServiceConfig {
  /** Key of the seals on the chain's head and checkpoints (HMAC-SHA-256): 32 bytes, base64. Not kept in the database. */
  @Matches(/^[A-Za-z0-9+/]{43}=$/) AUDIT_SEAL_KEY: string;
  /** Entries between two sealed checkpoints. */
  @IsInt() @Min(10) @Max(1_000_000) AUDIT_CHECKPOINT_EVERY = 1_000;
  /** Entries are written many at a time: while one batch is stored, the next is read and checked. */
  override FACT_CONCURRENCY = 512;
}
