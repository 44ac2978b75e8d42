import { IsOptional, Matches } from 'class-validator';
import { ServiceConfig } from '#platform/config.js';

/** 32 bytes in base64. */
const KEY = /^[A-Za-z0-9+/]{43}=$/;

/** Environment of the assessment service, beside what every service has. */
export class AssessmentConfig extends ServiceConfig {
  /** Redis that wakes deadlines. */
  @Matches(/^rediss?:\/\//) REDIS_URL: string;
  /** Key of the hash by which clients' numbers travel (HMAC-SHA-256), the same in registration: 32 bytes, base64. */
  @Matches(KEY) CLIENT_NUMBER_KEY: string;
  /** Key with which the content of files is sealed while it is kept (AES-256-GCM): 32 bytes, base64. */
  @Matches(KEY) IMPORT_CONTENT_KEY: string;
  /**
   * Files with the official cell texts, which are copyrighted and not shipped: `<version>=<path>`, several with commas
   * between, each `.csv` or `.json`. Read once at the start, which fails when a file is wrong.
   */
  @IsOptional() @Matches(/^[^=,]+=[^=,]+\.(csv|json)(,[^=,]+=[^=,]+\.(csv|json))*$/i) ZRM_TEXTS?: string;
}
