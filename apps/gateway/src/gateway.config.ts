import { isIP } from 'node:net';
import { IsIn, IsInt, IsOptional, IsString, IsUrl, Length, Matches, Max, Min } from 'class-validator';
import { refuseDemoClockInProduction } from '#platform/config.js';

/** Environment of the gateway; validated once at boot (design.md §4, Configuration). */
export class GatewayConfig {
  @IsIn(['development', 'test', 'production']) NODE_ENV: 'development' | 'test' | 'production' = 'development';
  @IsInt() @Min(0) @Max(65_535) PORT = 3_000;
  /** Address to listen on. */
  @IsString() HOST = '127.0.0.1';
  /** Where browsers find the gateway; decides the names of cookies, the origin of requests and the way back. */
  @IsUrl({ require_tld: false, require_protocol: true, protocols: ['http', 'https'] }) PUBLIC_URL: string;
  /** The OpenID provider. */
  @IsUrl({ require_tld: false, require_protocol: true, protocols: ['http', 'https'] }) OIDC_ISSUER: string;
  @IsString() @Length(1, 200) OIDC_CLIENT_ID: string;
  @IsString() @Length(8, 500) OIDC_CLIENT_SECRET: string;
  /** Signs who asks (Ed25519, PKCS #8, DER, base64); only the gateway holds it. */
  @Matches(/^[A-Za-z0-9+/=]{40,}$/) CALLER_PRIVATE_KEY: string;
  /** 32 bytes in base64: keeps session identifiers, CSRF tokens and sign-ins in progress. */
  @Matches(/^[A-Za-z0-9+/]{43}=$/) SESSION_SECRET: string;
  /** For sessions only. */
  @Matches(/^mongodb(\+srv)?:\/\//) MONGO_URL: string;
  @Matches(/^(nats|tls):\/\//) NATS_URL: string;
  /** Prefix of the database name when several systems share a server. */
  @IsOptional() @Matches(/^[a-zA-Z0-9_-]{0,40}$/) DATABASE_PREFIX = '';
  @IsIn(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']) LOG_LEVEL = 'info';
  @IsIn(['json', 'pretty']) LOG_FORMAT: 'json' | 'pretty' = 'json';
  /** Says to the web app that this is a demonstration. */
  @IsIn(['0', '1']) DEMO = '0';
  /** `1` lets everybody who signed in move the date of the whole system forward; never in production. */
  @IsIn(['0', '1']) DEMO_CLOCK = '0';
  /** Requests of one person per minute, over all sign-ins and tokens; a connected system gets ten times as many. */
  @IsInt() @Min(1) RATE_LIMIT_PER_MINUTE = 3_000;
  /** Requests without a sign-in, and sign-ins, per address per minute. A whole office can share one address. */
  @IsInt() @Min(1) ANONYMOUS_LIMIT_PER_MINUTE = 600;
  /** Proxies whose `x-forwarded-for` is believed, as addresses or networks, comma separated; none by default. */
  @IsOptional() @IsString() TRUST_PROXY = '';
  /** Bearer token with which metrics can be read from elsewhere; without it only from this machine. */
  @IsOptional() @Matches(/^.{16,}$/) METRICS_TOKEN?: string;
  /** Folder of the built web app, from the folder in which the process was started. */
  @IsString() WEB_DIR = 'dist/web';
  /** Folder of the published descriptions of the interface. */
  @IsString() API_DOCUMENTS_DIR = 'docs/api';
}

const NETWORK_NAMES: ReadonlySet<string> = new Set(['loopback', 'linklocal', 'uniquelocal']);

/**
 * The proxies of TRUST_PROXY.
 * @throws Error with one line when one is no address or network.
 */
export function trustedProxies({ TRUST_PROXY }: GatewayConfig): string[] {
  const proxies = TRUST_PROXY.split(',')
    .map((proxy) => proxy.trim())
    .filter((proxy) => proxy !== '');
  for (const proxy of proxies) {
    const [address = '', bits = '0', ...more] = proxy.split('/');
    const family = isIP(address);
    const isNetwork = family !== 0 && /^\d{1,3}$/.test(bits) && Number(bits) <= (family === 4 ? 32 : 128);
    if (!NETWORK_NAMES.has(proxy) && (!isNetwork || more.length > 0)) {
      throw new Error('TRUST_PROXY must hold addresses or networks, e.g. 10.0.0.0/8, with commas between them');
    }
  }
  return proxies;
}

/** True when browsers reach the gateway over TLS. */
export function isSecure(config: GatewayConfig): boolean {
  return config.PUBLIC_URL.startsWith('https:');
}

/** The origin of our own pages, e.g. `https://doorstroom.example`. */
export function publicOrigin(config: GatewayConfig): string {
  return new URL(config.PUBLIC_URL).origin;
}

/**
 * Refuses a configuration that must not reach production: addresses without TLS, an issuer on the same machine, or a
 * date that can be moved.
 * @throws Error with one line.
 */
export function refuseUnsafeProduction(config: GatewayConfig): void {
  if (config.NODE_ENV !== 'production') return;
  refuseDemoClockInProduction(config);
  if (!isSecure(config)) throw new Error('PUBLIC_URL must be https in production');
  const issuer = new URL(config.OIDC_ISSUER);
  if (issuer.protocol !== 'https:') throw new Error('OIDC_ISSUER must be https in production');
  if (isLoopback(issuer.hostname)) throw new Error('OIDC_ISSUER must not be on this machine in production');
}

function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname.endsWith('.localhost') || /^127\.|^\[?::1\]?$/.test(hostname);
}
