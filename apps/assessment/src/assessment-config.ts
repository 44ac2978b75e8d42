import { IsOptional, Matches } from 'class-validator';
import { ServiceConfig } from '#platform/config.js';

/** Environment of the assessment service, beside what every service has. */
export class AssessmentConfig extends ServiceConfig {
  /** Redis that wakes deadlines. */
  @Matches(/^rediss?:\/\//) REDIS_URL: string;
  /**
   * Files with the official cell texts, which are copyrighted and not shipped: `<version>=<path>`, several with commas
   * between, each `.csv` or `.json`. Read once at the start, which fails when a file is wrong.
   */
  @IsOptional() @Matches(/^[^=,]+=[^=,]+\.(csv|json)(,[^=,]+=[^=,]+\.(csv|json))*$/i) ZRM_TEXTS?: string;
}
