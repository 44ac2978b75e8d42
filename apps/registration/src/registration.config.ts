import { IsOptional, Length, Matches } from 'class-validator';
import { ServiceConfig } from '#platform/config.js';

/** 32 bytes in base64. */
const KEY = /^[A-Za-z0-9+/]{43}=$/;

/** Environment of registration. */
export class RegistrationConfig extends ServiceConfig {
  /** Key with which BSNs are encrypted (AES-256-GCM): 32 bytes, base64. Losing it loses every BSN. */
  @Matches(KEY) BSN_ENCRYPTION_KEY: string;
  /** Key of the hash by which a BSN is looked up (HMAC-SHA-256): 32 bytes, base64. */
  @Matches(KEY) BSN_HASH_KEY: string;
  /** Key of the hash by which clients' numbers travel (HMAC-SHA-256), the same in assessment: 32 bytes, base64. */
  @Matches(KEY) CLIENT_NUMBER_KEY: string;
  /** Subject at the issuer of the operator who is added to an empty directory. */
  @IsOptional() @Length(1, 255) BOOTSTRAP_OPERATOR_SUBJECT?: string;
}
