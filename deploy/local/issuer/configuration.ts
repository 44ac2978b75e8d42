import type { Configuration, KoaContextWithOIDC } from 'oidc-provider';
import { DEMO_SYSTEM, findDemoPerson } from './demo-people.ts';
import type { IssuerKeys } from './keys.ts';
import { MemoryAdapter } from './memory-adapter.ts';
import { errorPage, signedOutPage, signOutPage } from './pages.ts';
import {
  API_AUDIENCE,
  API_SCOPE,
  CLI_CLIENT_ID,
  CLI_REDIRECT_URI,
  type IssuerSettings,
  systemSecret,
} from './settings.ts';

/** By this member of the discovery document the gateway recognises the local issuer and refuses it in production. */
const LOCAL_ISSUER_MARKER = 'doorstroom_local_issuer';

const MINUTE = 60;
const HOUR = 60 * MINUTE;

/** The provider's configuration: three clients, no consent pages, access tokens as JWT for our own interface. */
export function providerConfiguration(settings: IssuerSettings, keys: IssuerKeys): Configuration {
  return {
    adapter: MemoryAdapter,
    clients: clients(settings),
    jwks: { keys: [keys.signing] },
    cookies: { keys: [...keys.cookies], names: { session: 'issuer_session', interaction: 'issuer_interaction' } },
    discovery: { [LOCAL_ISSUER_MARKER]: true },
    scopes: ['openid'],
    claims: { openid: ['sub', 'name'] },
    responseTypes: ['code'],
    pkce: { required: () => true },
    clientBasedCORS: () => false,
    findAccount: (_ctx, subject) => {
      const person = findDemoPerson(subject);
      if (person === undefined) return undefined;
      return { accountId: person.subject, claims: () => ({ sub: person.subject, name: person.name }) };
    },
    loadExistingGrant: silentGrant,
    interactions: { url: (_ctx, interaction) => `/inloggen/${interaction.uid}` },
    renderError: (ctx, out) => {
      ctx.type = 'html';
      ctx.body = errorPage(out.error, out.error_description ?? '', settings.publicUrl);
    },
    features: {
      devInteractions: { enabled: false },
      userinfo: { enabled: false },
      clientCredentials: { enabled: true },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => API_AUDIENCE,
        useGrantedResource: () => true,
        getResourceServerInfo: () => ({
          scope: API_SCOPE,
          audience: API_AUDIENCE,
          accessTokenFormat: 'jwt',
          jwt: { sign: { alg: 'RS256' } },
        }),
      },
      rpInitiatedLogout: {
        enabled: true,
        logoutSource: (ctx, form) => {
          ctx.body = signOutPage(form);
        },
        postLogoutSuccessSource: (ctx) => {
          ctx.body = signedOutPage(settings.publicUrl);
        },
      },
    },
    ttl: {
      AccessToken: HOUR,
      AuthorizationCode: MINUTE,
      ClientCredentials: HOUR,
      IdToken: HOUR,
      Interaction: HOUR,
      Session: 12 * HOUR,
      Grant: 12 * HOUR,
    },
  };
}

function clients({ clientId, clientSecret, publicUrl }: IssuerSettings): NonNullable<Configuration['clients']> {
  return [
    {
      client_id: clientId,
      client_secret: clientSecret,
      client_name: 'Doorstroom',
      redirect_uris: [`${publicUrl}/auth/callback`],
      post_logout_redirect_uris: [`${publicUrl}/`],
      grant_types: ['authorization_code'],
      response_types: ['code'],
    },
    {
      client_id: CLI_CLIENT_ID,
      client_name: 'Doorstroom, opdrachtregel',
      token_endpoint_auth_method: 'none',
      redirect_uris: [CLI_REDIRECT_URI],
      grant_types: ['authorization_code'],
      response_types: ['code'],
    },
    {
      client_id: DEMO_SYSTEM.clientId,
      client_secret: systemSecret(clientSecret, DEMO_SYSTEM.clientId),
      client_name: DEMO_SYSTEM.name,
      redirect_uris: [],
      grant_types: ['client_credentials'],
      response_types: [],
    },
  ];
}

/** Our own clients need nobody's consent: the grant is made silently. */
async function silentGrant(ctx: KoaContextWithOIDC) {
  const { client, session, provider, result } = ctx.oidc;
  if (client === undefined || session?.accountId === undefined) return undefined;
  const known = result?.consent?.grantId ?? session.grantIdFor(client.clientId);
  const existing = known === undefined ? undefined : await provider.Grant.find(known);
  if (existing !== undefined) return existing;
  const grant = new provider.Grant({ clientId: client.clientId, accountId: session.accountId });
  grant.addOIDCScope('openid');
  grant.addResourceScope(API_AUDIENCE, API_SCOPE);
  await grant.save();
  return grant;
}
