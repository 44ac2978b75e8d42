import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type GatewayHarness, startHarness } from '../test-support/gateway-harness.js';

let harness: GatewayHarness;

beforeAll(async () => {
  harness = await startHarness();
}, 60_000);
afterAll(() => harness.close(), 30_000);

const housing = (clientId: string) => `/v1/clients/${clientId}/housing`;
const changes = '/v1/clients/client-1/housing-changes';
const arrival = { kind: 'arrival', placeId: 'place-1', from: '2026-03-01' };

async function ask(path: string, init: RequestInit = {}): Promise<Response> {
  const headers = new Headers(init.headers);
  headers.set('authorization', `Bearer ${await harness.tokenOf('clientmanager')}`);
  return fetch(`${harness.url}${path}`, { ...init, headers });
}

function send(path: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return ask(path, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: text });
}

const problemIn = async (response: Response): Promise<Record<string, unknown>> => {
  expect(response.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
  return (await response.json()) as Record<string, unknown>;
};

describe('an operation', () => {
  it('answers with version, place and names', async () => {
    const read = await ask(housing('client-1'));
    expect(read.status).toBe(200);
    expect(read.headers.get('etag')).toBe('"7"');
    expect(await read.json()).toMatchObject({
      version: 7,
      names: { clients: { 'client-1': 'naam van client-1' } },
    });
    const made = await send(changes, arrival, { 'idempotency-key': 'k-1', 'if-match': '"7"' });
    expect(made.status).toBe(201);
    expect(made.headers.get('etag')).toBe('"8"');
    expect(made.headers.get('location')).toBe('/v1/clients/client-1/housing');
    expect(harness.behind.recorded.at(-1)).toMatchObject({
      payload: { ...arrival, clientId: 'client-1', idempotencyKey: 'k-1', expectedVersion: 7 },
      caller: { kind: 'person', roles: ['clientmanager'], organisationId: 'organisation-1', clusterIds: ['cluster-1'] },
    });
  });

  it('goes without names when registration does not give them, and says so', async () => {
    harness.behind.namesAway = true;
    expect(await (await ask(housing('client-1'))).json()).toMatchObject({ version: 7, namesMissing: true });
    harness.behind.namesAway = false;
  });

  it('turns query values into what the field holds', async () => {
    expect((await ask(`${housing('client-1')}?atVersion=3`)).status).toBe(200);
    const wrong = await problemIn(await ask(`${housing('client-1')}?atVersion=three`));
    expect(wrong['errors']).toMatchObject([{ path: 'atVersion', code: 'number-form' }]);
  });
});

describe('a problem', () => {
  it('has one shape, in the language of the asker, with both languages per field', async () => {
    const dutch = await send(changes, { ...arrival, from: '2026-02-30' });
    expect(dutch.status).toBe(400);
    expect(dutch.headers.get('content-language')).toBe('nl');
    expect(await problemIn(dutch)).toEqual({
      type: 'urn:nld:doorstroom:problem:invalid-input',
      title: 'De invoer klopt niet',
      status: 400,
      code: 'invalid-input',
      detail: 'Niet alles is goed ingevuld. Kijk bij de velden wat er anders moet.',
      correlationId: dutch.headers.get('x-correlation-id'),
      errors: [
        {
          path: 'from',
          code: 'date-not-existing',
          nl: 'Deze datum staat niet op de kalender.',
          en: 'This date is not on the calendar.',
        },
      ],
    });
    const english = await send(changes, {}, { 'accept-language': 'en-GB,en;q=0.9,nl;q=0.5' });
    expect(await problemIn(english)).toMatchObject({ title: 'The input is not right' });
  });

  it('of an unknown field changes nothing', async () => {
    const before = harness.behind.recorded.length;
    const problem = await problemIn(await send(changes, { ...arrival, bsn: '123456782' }));
    expect(problem['errors']).toMatchObject([{ path: 'bsn', code: 'field-unknown' }]);
    expect(harness.behind.recorded).toHaveLength(before);
  });

  it.each([
    ['malformed JSON', '{"kind": ', {}, 400, 'malformed-body'],
    ['an empty body that says to be JSON', '', {}, 400, 'malformed-body'],
    ['a list', '[1]', {}, 400, 'malformed-body'],
    ['a poisoned prototype', '{"__proto__": {"isAdmin": true}}', {}, 400, 'malformed-body'],
    ['text', 'arrival', { 'content-type': 'text/plain' }, 415, 'media-type-unsupported'],
    ['a form', 'kind=arrival', { 'content-type': 'application/x-www-form-urlencoded' }, 415, 'media-type-unsupported'],
    ['more than a megabyte', JSON.stringify({ kind: 'x'.repeat(1024 * 1024) }), {}, 413, 'body-too-large'],
  ])('answers %s', async (_what, body, headers, status, code) => {
    const answer = await send(changes, body, headers);
    expect(answer.status).toBe(status);
    expect(await problemIn(answer)).toMatchObject({ status, code });
  });

  it('takes nothing that is packed, of any kind, and does not wait for the rest of it', async () => {
    const headers = { 'content-encoding': 'gzip', 'content-type': 'application/json' };
    const packed = gzipSync(JSON.stringify(arrival));
    const answers = [
      await ask(changes, { method: 'POST', headers, body: packed }),
      await ask(changes, { method: 'POST', headers: { ...headers, 'content-encoding': 'rot13' }, body: packed }),
      await ask('/v1/imports', {
        method: 'POST',
        headers: { ...headers, 'content-type': 'multipart/form-data; boundary=x' },
        body: gzipSync(`--x\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\na\r\n--x--\r\n`),
      }),
    ];
    for (const answer of answers) {
      expect(answer.status).toBe(415);
      expect(await problemIn(answer)).toMatchObject({ code: 'media-type-unsupported' });
    }
  });

  it('answers what is not there, and what a path cannot', async () => {
    expect(await problemIn(await ask('/v1/nothing'))).toMatchObject({ status: 404, code: 'not-found' });
    const answer = await ask(housing('client-1'), { method: 'DELETE' });
    expect(answer.headers.get('allow')).toBe('GET');
    expect(await problemIn(answer)).toMatchObject({ status: 405, code: 'method-not-allowed' });
    expect(await problemIn(await ask('/v1/%E0%A4%A'))).toMatchObject({ status: 400 });
  });

  it('passes on what a service refused', async () => {
    expect(await problemIn(await ask(housing('unknown')))).toMatchObject({ status: 404, code: 'not-found' });
  });

  it('shows nothing of the inside when something unexpected happened', async () => {
    const answer = await ask(housing('broken'));
    const text = await answer.text();
    expect(answer.status).toBe(500);
    expect(text).not.toContain('secret');
    expect(JSON.parse(text)).toMatchObject({
      code: 'unexpected',
      correlationId: expect.stringMatching(/^[0-9a-f]{32}$/),
    });
  });

  it('says that a service is away', async () => {
    const answer = await ask('/v1/vacancies?on=2026-03-01');
    expect(await problemIn(answer)).toMatchObject({ status: 503, code: 'service-unavailable' });
  });

  it('asks who it is when nobody signed in', async () => {
    const answer = await fetch(`${harness.url}${housing('client-1')}`);
    expect(answer.headers.get('www-authenticate')).toBe('Bearer realm="doorstroom"');
    expect(await problemIn(answer)).toMatchObject({ status: 401, code: 'not-signed-in' });
  });
});

describe('the headers', () => {
  it('keep a page to itself, and answers out of caches', async () => {
    const { headers } = await ask(housing('client-1'));
    const policy = headers.get('content-security-policy') ?? '';
    for (const directive of [
      "default-src 'self'",
      "script-src 'self'",
      "frame-ancestors 'none'",
      "object-src 'none'",
    ]) {
      expect(policy.split(';')).toContain(directive);
    }
    expect(policy).toContain(`form-action 'self' ${harness.issuerUrl}`);
    expect(policy).not.toContain('unsafe');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('api-version')).toBe('1.0.0');
    expect(headers.get('access-control-allow-origin')).toBeNull();
    expect(headers.get('x-powered-by')).toBeNull();
  });

  it('continue the trace of the asker', async () => {
    const trace = '4bf92f3577b34da6a3ce929d0e0e4736';
    const { headers } = await ask(housing('client-1'), { headers: { traceparent: `00-${trace}-00f067aa0ba902b7-01` } });
    expect(headers.get('x-correlation-id')).toBe(trace);
  });
});

describe('the descriptions of the interface', () => {
  it('are open to everybody, and say where they are served', async () => {
    const openApi = await fetch(`${harness.url}/v1/openapi.json`);
    expect(openApi.headers.get('cache-control')).toBe('public, max-age=300');
    expect(await openApi.json()).toMatchObject({ openapi: '3.1.0', servers: [{ url: harness.url }] });
    expect(await (await fetch(`${harness.url}/v1/asyncapi.json`)).json()).toMatchObject({ asyncapi: '3.0.0' });
  });
});

describe('the probes', () => {
  it('tell that the gateway lives and can work', async () => {
    expect(await (await fetch(`${harness.url}/health/live`)).json()).toEqual({ status: 'up' });
    expect(await (await fetch(`${harness.url}/health/ready`)).json()).toEqual({ status: 'ready' });
  });

  it('give metrics to this machine, and not through a proxy', async () => {
    const text = await (await fetch(`${harness.url}/metrics`)).text();
    expect(text).toContain('doorstroom_http_request_seconds_bucket');
    expect(text).not.toContain('client-1');
    const forwarded = await fetch(`${harness.url}/metrics`, { headers: { 'x-forwarded-for': '203.0.113.7' } });
    expect(forwarded.status).toBe(404);
  });
});
