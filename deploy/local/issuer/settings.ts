import { createHmac } from 'node:crypto';
import { Problem } from '../problem.ts';

/** What the local issuer needs to know; the launcher gives it in the environment. */
export interface IssuerSettings {
  readonly port: number;
  /** Address to listen on; this machine alone unless HOST says otherwise. */
  readonly host: string;
  /** Its own address, e.g. http://localhost:3001. */
  readonly issuer: string;
  /** Client id and secret of the gateway. */
  readonly clientId: string;
  readonly clientSecret: string;
  /** Address of the gateway. */
  readonly publicUrl: string;
  /** Own folder for the signing keys. */
  readonly dataDir: string;
}

/** What access tokens are for; the gateway accepts no other audience. */
export const API_AUDIENCE = 'urn:doorstroom:api';
/** The one scope of the interface: what a caller may do follows from roles, not from scopes. */
export const API_SCOPE = 'api';
/** Public client of the token script. */
export const CLI_CLIENT_ID = 'doorstroom-cli';
/** Never listened on: the script reads the code from the redirect itself. */
export const CLI_REDIRECT_URI = 'http://127.0.0.1/doorstroom-cli';

/** Reads the settings from the environment; a missing one is a Problem of one line. */
export function issuerSettings(env: NodeJS.ProcessEnv): IssuerSettings {
  const need = (name: string): string => {
    const value = env[name];
    if (value === undefined || value === '') throw new Problem(`The local issuer needs ${name}.`);
    return value;
  };
  if (env['NODE_ENV'] === 'production') throw new Problem('The local issuer is for demo only; not in production.');
  return {
    port: Number(need('SERVICE_PORT')),
    host: env['HOST'] ?? '127.0.0.1',
    issuer: need('OIDC_ISSUER').replace(/\/$/, ''),
    clientId: need('OIDC_CLIENT_ID'),
    clientSecret: need('OIDC_CLIENT_SECRET'),
    publicUrl: need('PUBLIC_URL').replace(/\/$/, ''),
    dataDir: need('DATA_DIR'),
  };
}

/**
 * Secret of a demo system, derived from the gateway's client secret, which is generated per installation: nothing
 * secret stands in the repository, and there is one secret less to keep.
 */
export function systemSecret(clientSecret: string, clientId: string): string {
  return createHmac('sha256', clientSecret).update(`client:${clientId}`).digest('base64url');
}
