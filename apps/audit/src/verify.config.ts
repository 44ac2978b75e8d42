import { IsInt, IsOptional, Matches, Max, Min } from 'class-validator';

/** Environment of the verification from the command line: the database and the key, nothing else. */
export class VerifyConfig {
  /** MongoDB connection string of the replica set. */
  @Matches(/^mongodb(\+srv)?:\/\//) MONGO_URL: string;
  /** Prefix of database names; empty by default. */
  @IsOptional() @Matches(/^[a-zA-Z0-9_-]{0,40}$/) DATABASE_PREFIX = '';
  /** Key of the seals, as the service has it. */
  @Matches(/^[A-Za-z0-9+/]{43}=$/) AUDIT_SEAL_KEY: string;
  /** As the service has it. */
  @IsInt() @Min(10) @Max(1_000_000) AUDIT_CHECKPOINT_EVERY = 1_000;
}
