import { createHash, randomBytes } from 'node:crypto';
import { Problem } from '../problem.ts';
import { DEMO_PEOPLE, DEMO_SYSTEM, findDemoPerson } from './demo-people.ts';
import { API_AUDIENCE, API_SCOPE, CLI_CLIENT_ID, CLI_REDIRECT_URI, systemSecret } from './settings.ts';

/** Where to ask, and the secret from which those of demo systems derive. */
export interface TokenSource {
  readonly issuer: string;
  readonly clientSecret: string;
}

const ANSWER_MS = 10_000;

/**
 * An access token for our interface, valid for an hour: of a demo person by the authorization code flow without a
 * browser, of a demo system by client credentials.
 * @throws Problem of one line when the name is unknown or the issuer does not answer.
 */
export async function demoAccessToken(name: string, source: TokenSource): Promise<string> {
  if (name === DEMO_SYSTEM.clientId) return systemToken(source);
  const person = findDemoPerson(name);
  if (person === undefined) {
    const names = [...DEMO_PEOPLE.map(({ key }) => key), DEMO_SYSTEM.clientId].join(', ');
    throw new Problem(
      name === '' ? `Say for whom: ${names}.` : `There is no demo person "${name}"; there are: ${names}.`,
    );
  }
  return personToken(person.key, source.issuer);
}

async function systemToken({ issuer, clientSecret }: TokenSource): Promise<string> {
  const { clientId } = DEMO_SYSTEM;
  const credentials = `${clientId}:${encodeURIComponent(systemSecret(clientSecret, clientId))}`;
  return askToken(
    issuer,
    { grant_type: 'client_credentials', scope: API_SCOPE, resource: API_AUDIENCE },
    { authorization: `Basic ${Buffer.from(credentials).toString('base64')}` },
  );
}

async function personToken(key: string, issuer: string): Promise<string> {
  const verifier = randomBytes(32).toString('base64url');
  const request = new URLSearchParams({
    client_id: CLI_CLIENT_ID,
    response_type: 'code',
    redirect_uri: CLI_REDIRECT_URI,
    scope: `openid ${API_SCOPE}`,
    resource: API_AUDIENCE,
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
  });
  const cookies = new Map<string, string>();
  const signInPage = await follow(`${issuer}/auth?${request.toString()}`, cookies);
  const resume = await follow(signInPage, cookies, new URLSearchParams({ person: key }));
  const code = new URL(await follow(resume, cookies)).searchParams.get('code');
  if (code === null) throw new Problem(`The issuer on ${issuer} gave no code.`);
  return askToken(issuer, {
    grant_type: 'authorization_code',
    client_id: CLI_CLIENT_ID,
    redirect_uri: CLI_REDIRECT_URI,
    code,
    code_verifier: verifier,
  });
}

/** Asks once, keeps the cookies, and answers where it is sent next. */
async function follow(url: string, cookies: Map<string, string>, form?: URLSearchParams): Promise<string> {
  const response = await ask(url, {
    method: form === undefined ? 'GET' : 'POST',
    redirect: 'manual',
    headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
    ...(form === undefined ? {} : { body: form }),
  });
  for (const cookie of response.headers.getSetCookie()) {
    const [, name, value] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
    if (name !== undefined && value !== undefined) cookies.set(name, value);
  }
  await response.body?.cancel();
  const location = response.headers.get('location');
  if (location === null) throw new Problem(`Signing in at ${new URL(url).origin} failed (HTTP ${response.status}).`);
  return new URL(location, url).href;
}

async function askToken(
  issuer: string,
  form: Record<string, string>,
  headers: Record<string, string> = {},
): Promise<string> {
  const response = await ask(`${issuer}/token`, { method: 'POST', headers, body: new URLSearchParams(form) });
  const answer: unknown = await response.json();
  if (typeof answer === 'object' && answer !== null && 'access_token' in answer) {
    if (typeof answer.access_token === 'string') return answer.access_token;
  }
  throw new Problem(`The issuer on ${issuer} gave no token (HTTP ${response.status}).`);
}

async function ask(url: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, { ...init, signal: AbortSignal.timeout(ANSWER_MS) });
  } catch (error) {
    const problem = `No issuer answers on ${new URL(url).origin}; is Doorstroom running (npm start)?`;
    throw new Problem(problem, { cause: error });
  }
}
