import { DEMO_OPERATOR_SUBJECT } from './issuer/demo-people.ts';
import type { Secrets } from './secrets.ts';
import type { ServiceName } from './services.ts';

/** What is the same for all services of one system. */
export interface SystemSettings {
  readonly nodeEnv: 'development' | 'test';
  readonly mongoUrl: string;
  readonly natsUrl: string;
  readonly redisUrl: string;
  /** Put before the name of each service's database; keeps systems apart that share one MongoDB. */
  readonly databasePrefix: string;
  /** Where the browser finds the gateway, e.g. http://localhost:3000. */
  readonly publicUrl: string;
  readonly issuerUrl: string;
  readonly secrets: Secrets;
  readonly smtpUrl: string | undefined;
  /** Demo persons. */
  readonly demo: boolean;
  /** Everybody can move the date of the whole system. */
  readonly demoClock: boolean;
  readonly logLevel: string;
  readonly logFormat: 'json' | 'pretty';
  /** Where the issuer keeps its signing keys. */
  readonly issuerDataDir: string;
}

export const OIDC_CLIENT_ID = 'doorstroom-web';

/** Variables of this process that a service may see; everything else stays here (least privilege). */
const INHERITED = ['PATH', 'HOME', 'LANG', 'TZ', 'TMPDIR', 'NODE_EXTRA_CA_CERTS'];
const INHERITED_PREFIX = 'OTEL_';

/**
 * The environment of one service process. Secrets go only to the service that needs them: the key that signs callers
 * to the gateway, the keys of the BSN to registration.
 */
export function serviceEnvironment(
  service: ServiceName,
  port: number,
  settings: SystemSettings,
  own: NodeJS.ProcessEnv,
): Record<string, string> {
  const { secrets } = settings;
  const shared = {
    ...inherited(own),
    NODE_ENV: settings.nodeEnv,
    SERVICE_NAME: service,
    PUBLIC_URL: settings.publicUrl,
    OIDC_ISSUER: settings.issuerUrl,
    DEMO: settings.demo ? '1' : '0',
    DEMO_CLOCK: settings.demoClock ? '1' : '0',
    LOG_LEVEL: settings.logLevel,
    LOG_FORMAT: settings.logFormat,
  };
  const client = { OIDC_CLIENT_ID, OIDC_CLIENT_SECRET: secrets.oidcClientSecret };
  if (service === 'issuer')
    return { ...shared, ...client, SERVICE_PORT: String(port), DATA_DIR: settings.issuerDataDir };

  const connected = {
    ...shared,
    MONGO_URL: settings.mongoUrl,
    DATABASE_PREFIX: settings.databasePrefix,
    NATS_URL: settings.natsUrl,
    REDIS_URL: settings.redisUrl,
    CALLER_PUBLIC_KEY: secrets.callerPublicKey,
    ...(settings.smtpUrl === undefined ? {} : { SMTP_URL: settings.smtpUrl }),
  };
  switch (service) {
    case 'gateway':
      return {
        ...connected,
        ...client,
        PORT: String(port),
        CALLER_PRIVATE_KEY: secrets.callerPrivateKey,
        SESSION_SECRET: secrets.sessionSecret,
        // Tests send in a minute what people send in a day.
        ...(settings.nodeEnv === 'test' ? { RATE_LIMIT_PER_MINUTE: '1000000' } : {}),
      };
    case 'registration':
      return {
        ...connected,
        SERVICE_PORT: String(port),
        BSN_ENCRYPTION_KEY: secrets.bsnEncryptionKey,
        BSN_HASH_KEY: secrets.bsnHashKey,
        CLIENT_NUMBER_KEY: secrets.clientNumberKey,
        // Somebody must be able to add everybody else.
        BOOTSTRAP_OPERATOR_SUBJECT: DEMO_OPERATOR_SUBJECT,
      };
    case 'assessment':
      return {
        ...connected,
        SERVICE_PORT: String(port),
        CLIENT_NUMBER_KEY: secrets.clientNumberKey,
        IMPORT_CONTENT_KEY: secrets.importContentKey,
        ...(own['ZRM_TEXTS'] === undefined ? {} : { ZRM_TEXTS: own['ZRM_TEXTS'] }),
      };
    case 'audit':
      return { ...connected, SERVICE_PORT: String(port), AUDIT_SEAL_KEY: secrets.auditSealKey };
    case 'notifications':
      return { ...connected, SERVICE_PORT: String(port), WEBHOOK_SECRET_KEY: secrets.webhookSecretKey };
  }
}

function inherited(own: NodeJS.ProcessEnv): Record<string, string> {
  const entries = Object.entries(own).flatMap(([name, value]) =>
    value !== undefined && (INHERITED.includes(name) || name.startsWith(INHERITED_PREFIX)) ? [[name, value]] : [],
  );
  return Object.fromEntries(entries) as Record<string, string>;
}
