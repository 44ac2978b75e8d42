import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import Provider from 'oidc-provider';
import { providerConfiguration } from './configuration.ts';
import { DEMO_PEOPLE, findDemoPerson } from './demo-people.ts';
import { keptIssuerKeys } from './keys.ts';
import { choosePersonPage, errorPage } from './pages.ts';
import type { IssuerSettings } from './settings.ts';

const SIGN_IN_PATH = /^\/inloggen\/[\w-]+$/;
const FORM_LIMIT = 4_096;

/** Starts the local issuer: OpenID Connect by oidc-provider, with a page on which a demo person is chosen. */
export async function startIssuer(settings: IssuerSettings): Promise<Server> {
  const provider = new Provider(settings.issuer, providerConfiguration(settings, keptIssuerKeys(settings.dataDir)));
  // Errors of the server itself; wrong requests are answered to whoever made them.
  provider.on('server_error', (_ctx, error) => {
    console.error(`issuer: ${error.message}`);
  });
  const standard = provider.callback();
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', settings.issuer).pathname;
    if (SIGN_IN_PATH.test(path)) void answerSignIn(provider, settings, request, response, path);
    else void standard(request, response);
  });
  server.listen(settings.port, settings.host);
  await once(server, 'listening');
  return server;
}

async function answerSignIn(
  provider: Provider,
  settings: IssuerSettings,
  request: IncomingMessage,
  response: ServerResponse,
  path: string,
): Promise<void> {
  try {
    await provider.interactionDetails(request, response);
    if (request.method !== 'POST') {
      sendPage(response, 200, choosePersonPage(path, DEMO_PEOPLE));
      return;
    }
    const person = findDemoPerson((await readForm(request)).get('person') ?? '');
    if (person === undefined) {
      sendPage(response, 400, choosePersonPage(path, DEMO_PEOPLE));
      return;
    }
    const login = { accountId: person.subject, remember: true };
    await provider.interactionFinished(request, response, { login }, { mergeWithLastSubmission: false });
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    sendPage(response, 400, errorPage('interaction', detail, settings.publicUrl));
  }
}

async function readForm(request: IncomingMessage): Promise<URLSearchParams> {
  let text = '';
  for await (const chunk of request) {
    text += String(chunk);
    if (text.length > FORM_LIMIT) throw new Error('form too large');
  }
  return new URLSearchParams(text);
}

function sendPage(response: ServerResponse, status: number, html: string): void {
  response
    .writeHead(status, {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'x-frame-options': 'DENY',
      'referrer-policy': 'no-referrer',
    })
    .end(html);
}
