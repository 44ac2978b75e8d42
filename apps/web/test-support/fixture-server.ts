import { createReadStream, existsSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { extname, join } from 'node:path';

import {
  board,
  clients,
  day,
  housing,
  melding,
  meldingen,
  names,
  organisations,
  people,
  placeFacts,
  places,
} from './fixture-data.ts';

/** Serves the built app with made-up answers. For looking at pages only: the tests run against the real system. */
const root = process.env['WEB_DIR'] ?? join(import.meta.dirname, '../../../dist/web');
const types: Record<string, string> = {
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.html': 'text/html',
};
const csp =
  "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; object-src 'none'; base-uri 'self'";
const allPermissions = [
  'meldingen:read',
  'clients:read',
  'clients:write',
  'clients:merge',
  'access-log:read',
  'housing:write',
  'occupancy:read',
  'waiting-list:read',
  'waiting-list:write',
  'data-quality:read',
  'imports:write',
  'organisations:write',
  'people:write',
  'caseloads:write',
  'rules:write',
  'webhooks:write',
  'dead-letters:write',
  'system-health:read',
  'audit:verify',
];
const streams = new Set<ServerResponse>();
/** `empty`, `error` or `full`, set by POST /fixture?mode=. */
let mode = 'full';
let signedIn = true;

const page = (items: readonly unknown[], extra: object = {}) => ({
  items: mode === 'empty' ? [] : items,
  total: mode === 'empty' ? 0 : items.length,
  ...extra,
});

function trees() {
  return organisations.map((organisation) => ({
    ...organisation,
    locations:
      organisation.kind !== 'institution'
        ? []
        : [
            {
              locationId: `l${organisation.organisationId}`,
              organisationId: organisation.organisationId,
              name: 'De Haven',
              version: 1,
              address: { street: 'Havenkade', houseNumber: '12', postcode: '1011 AB', city: 'Amsterdam' },
              clusters: ['k0', 'k1', 'k2']
                .filter((id) =>
                  placeFacts.some((p) => p.clusterId === id && p.organisationId === organisation.organisationId),
                )
                .map((clusterId) => ({
                  clusterId,
                  locationId: 'l1',
                  organisationId: organisation.organisationId,
                  name: names.clusters[clusterId]?.clusterName ?? '',
                  version: 1,
                  ...(clusterId === 'k0' ? { representativePersonId: 'p3', representativeName: 'Ilse Dekker' } : {}),
                  places: placeFacts
                    .filter((p) => p.clusterId === clusterId)
                    .map((p) => ({ ...p, name: p.label, locationId: 'l1', version: 1 })),
                })),
            },
          ],
  }));
}

const importSummary = {
  importId: 'i1',
  kind: 'clients',
  fileName: 'clienten-november.csv',
  size: 12000,
  state: 'previewed',
  rows: { total: 120, read: 120, new: 14, change: 3, unchanged: 101, errors: 2, done: 0, refused: 0 },
  encoding: 'windows-1252',
  createdBy: 'p3',
  createdAt: new Date().toISOString(),
  contentUntil: day(30),
};

type Answer = [status: number, body: unknown];

function answer(method: string, path: string, query: URLSearchParams): Answer {
  if (path === '/v1/me') {
    return signedIn
      ? [
          200,
          {
            personId: 'p1',
            name: 'Saskia Meijer',
            roles: ['trajectregisseur'],
            organisationId: 'o3',
            organisationName: 'GGD Regio',
            csrfToken: 't',
            locale: 'nl',
            replacing: [{ personId: 'p2', name: 'Bas Vermeulen', until: day(6) }],
            demo: true,
            permissions: allPermissions,
            today: day(0),
          },
        ]
      : [401, { code: 'not-signed-in', title: 'Niet ingelogd', status: 401, correlationId: 'x' }];
  }
  if (mode === 'error')
    return [
      503,
      {
        title: 'Even niet bereikbaar',
        status: 503,
        code: 'service-unavailable',
        correlationId: '0192f6a8-4444-7000-8000-000000000001',
      },
    ];
  const open = meldingen.filter((each) => each.status === (query.get('status') ?? 'open'));
  const acted = /^\/v1\/meldingen\/(m\d+)\/(\w[\w-]*)$/.exec(path);
  if (acted) {
    const found = meldingen.find((each) => each.meldingId === acted[1]);
    if (acted[2] === 'colleagues') return [200, { personIds: ['p2'], names }];
    if (found && acted[2] === 'acknowledge') found.status = 'acknowledged';
    if (found && acted[2] === 'reopen') found.status = 'open';
    if (found && acted[2] === 'snooze') found.status = 'snoozed';
    if (found && acted[2] === 'read') found.read = true;
    return [200, found];
  }
  if (path === '/v1/meldingen/counts')
    return [
      200,
      {
        open: open.length,
        snoozed: 1,
        acknowledged: 12,
        unread: 4,
        late: mode === 'empty' ? 0 : 1,
        replacing: [{ personId: 'p2', open: 3, unread: 1 }],
        unassigned: 2,
        names,
      },
    ];
  if (path === '/v1/meldingen') return [200, page(open, { names })];
  if (path === '/v1/clients/search')
    return [200, page(clients.slice(0, 50), { total: mode === 'empty' ? 0 : 64, nextCursor: 'x' })];
  if (path === '/v1/clients/possible-duplicates')
    return [
      200,
      page([
        {
          clientId: 'c1',
          visible: true,
          name: 'Noor de Vries',
          birthDate: '2004-03-11',
          organisationId: 'o1',
          organisationName: 'Stichting De Haven',
          score: 0.93,
          reasons: ['same-name', 'same-birth-date'],
        },
        {
          clientId: 'c2',
          visible: false,
          organisationId: 'o2',
          organisationName: 'Kruispunt Wonen',
          score: 0.61,
          reasons: ['similar-name', 'birth-day-month-swapped'],
        },
      ]),
    ];
  if (path.endsWith('/housing'))
    return [200, mode === 'empty' ? { clientId: 'c0', version: 0, status: 'none', stays: [], changes: [] } : housing];
  if (path.endsWith('/housing-changes') && method === 'POST')
    return [
      409,
      {
        title: 'Dit botst met wat er al is',
        status: 409,
        code: 'place-occupied',
        correlationId: '0192f6a8-1111-7000-8000-000000000001',
        detail: 'Kamer 3 is bezet.',
        errors: [
          {
            path: 'placeId',
            code: 'place-occupied',
            nl: 'Kamer 3 is bezet: vanaf 3 maart 2026. Kies een andere plek of andere datums.',
            en: 'Room 3 is occupied.',
          },
        ],
      },
    ];
  if (path.endsWith('/versions'))
    return [
      200,
      page([
        {
          version: 3,
          change: 'changed',
          changedAt: new Date().toISOString(),
          changedBy: 'p3',
          changedByName: 'Ilse Dekker',
          changes: [
            { field: 'phone', before: '06 1111 1111', after: '06 2222 2222' },
            { field: 'address.city', after: 'Diemen' },
          ],
        },
        {
          version: 1,
          change: 'registered',
          changedAt: new Date().toISOString(),
          changedBy: 'p3',
          changedByName: 'Ilse Dekker',
          changes: [],
        },
      ]),
    ];
  if (path.endsWith('/access-log'))
    return [
      200,
      page(
        Array.from({ length: 12 }, (_, i) => ({
          entryId: `a${i}`,
          at: new Date().toISOString(),
          actorId: 'p3',
          actorName: 'Ilse Dekker',
          actorRoles: ['clientmanager'],
          action: i % 3 ? 'read' : 'update',
          operation: 'registration.clients.get',
          ground: 'own-institution',
          emergency: false,
        })),
      ),
    ];
  if (/^\/v1\/clients\/c\d+$/.test(path))
    return [
      200,
      {
        ...clients.find((c) => path.endsWith(`/${c.clientId}`)),
        version: 3,
        givenNames: 'Noor',
        familyNamePrefix: 'de',
        familyName: 'Vries',
        address: { street: 'Kruisstraat', houseNumber: '4', postcode: '1234 AB', city: 'Amsterdam' },
        phone: '06 1234 5678',
        language: 'nl',
        zwaarte: 'medium',
        contactPersons: [{ name: 'Els de Vries', relation: 'parent', phone: '06 8765 4321' }],
        bsnLastDigits: '333',
        missing: ['contact'],
        mergedFrom: [{ clientId: 'c9', name: 'Noor Vries', mergedAt: new Date().toISOString() }],
        createdAt: '',
        updatedAt: '',
      },
    ];
  if (path === '/v1/organisations') return [200, page(organisations)];
  if (path.startsWith('/v1/organisations/')) return [200, trees().find((tree) => path.endsWith(tree.organisationId))];
  if (path === '/v1/occupancy/board')
    return [
      200,
      mode === 'empty'
        ? { ...board('none', query.get('from') ?? '', query.get('until') ?? '') }
        : board(query.get('clusterId') ?? 'k0', query.get('from') ?? '', query.get('until') ?? ''),
    ];
  if (path === '/v1/occupancy')
    return [
      200,
      {
        ...page(
          placeFacts.map((p, i) => ({
            ...p,
            state: ['occupied', 'occupied', 'free', 'on-leave', 'reserved', 'occupied'][i % 6],
          })),
        ),
        on: query.get('on'),
        counts: { free: 4, reserved: 4, occupied: 12, 'on-leave': 4, closed: 0 },
        names,
      },
    ];
  if (path === '/v1/vacancies')
    return [
      200,
      page(
        placeFacts.filter((_, i) => i % 3 === 2).map((p) => ({ ...p, freeFrom: day(-20) })),
        { names },
      ),
    ];
  if (path === '/v1/waiting-list')
    return [
      200,
      page(
        clients.slice(0, 9).map((c, i) => ({
          entryId: `w${i}`,
          clientId: c.clientId,
          kind: 'guided-living',
          zwaarte: 'medium',
          urgency: i === 0 ? 'crisis' : 'regular',
          since: day(-90 + i * 7),
          status: i === 1 ? 'offered' : 'waiting',
          position: i + 1,
          offers: [],
          registeredBy: 'p3',
          version: 1,
          ...(i === 1
            ? {
                openOffer: {
                  offerId: 'of1',
                  placeId: 'pl3',
                  clusterId: 'k0',
                  organisationId: 'o1',
                  from: day(3),
                  answerBy: day(-1),
                  status: 'open',
                  offeredBy: 'p3',
                  offeredAt: '',
                },
              }
            : {}),
        })),
        { names },
      ),
    ];
  if (path === '/v1/data-quality')
    return [
      200,
      page(
        clients.slice(0, 12).map((c, i) => ({
          clientId: c.clientId,
          clientName: c.name,
          organisationId: c.organisationId,
          organisationName: c.organisationName,
          missing: i % 2 ? ['address'] : ['birth-date', 'zwaarte', 'stay'],
        })),
        {
          organisations: [
            { organisationId: 'o1', organisationName: 'Stichting De Haven', clients: 80, complete: 71 },
            { organisationId: 'o2', organisationName: 'Kruispunt Wonen', clients: 62, complete: 40 },
          ],
        },
      ),
    ];
  if (path === '/v1/imports')
    return [
      200,
      page(
        [
          importSummary,
          { ...importSummary, importId: 'i2', state: 'completed', fileName: 'verblijven.xlsx', kind: 'stays' },
        ],
        { names },
      ),
    ];
  if (path.endsWith('/rows'))
    return [
      200,
      page([
        {
          row: 2,
          outcome: 'error',
          values: { voornaam: 'Sem', achternaam: 'Bakker', geboortedatum: '31-02-2005', bsn: '123456789' },
          problems: [
            {
              path: 'geboortedatum',
              code: 'date-not-existing',
              nl: 'Deze datum bestaat niet.',
              en: 'This date does not exist.',
            },
            { path: 'bsn', code: 'bsn-invalid', nl: 'Dit is geen geldig BSN.', en: 'Not a valid BSN.' },
          ],
          warnings: [],
        },
        {
          row: 3,
          outcome: 'new',
          values: { voornaam: 'Yara', achternaam: 'Jansen', geboortedatum: '01-02-2005' },
          problems: [],
          warnings: [
            {
              path: 'achternaam',
              code: 'possible-duplicate',
              nl: 'Deze cliënt lijkt er al te zijn.',
              en: 'May be a double.',
            },
          ],
        },
      ]),
    ];
  if (path.startsWith('/v1/imports/')) return [200, importSummary];
  if (path === '/v1/people' || path === '/v1/colleagues') return [200, page(people)];
  if (path === '/v1/caseloads')
    return [
      200,
      page([{ personId: 'p1', clusterIds: ['k0', 'k1'], clientIds: ['c3'], coordinator: true, version: 2 }], { names }),
    ];
  if (path === '/v1/absences')
    return [
      200,
      page(
        [
          {
            absenceId: 'a1',
            personId: 'p2',
            replacementPersonId: 'p1',
            from: day(-2),
            until: day(6),
            state: 'current',
            createdBy: 'p1',
            createdAt: '',
          },
        ],
        { names },
      ),
    ];
  if (path === '/v1/notification-rules')
    return [
      200,
      page([
        {
          ruleId: 'r1',
          name: { nl: 'Verandering van woonsituatie', en: 'Change of housing' },
          eventType: 'x',
          when: {},
          recipients: ['regisseur-of-cluster', 'representative-of-place'],
          notToWhoEnteredIt: true,
          withFallback: true,
          urgency: 'normal',
          expectedAction: 'take-note',
          enabled: true,
          required: true,
          version: 1,
        },
      ]),
    ];
  if (path === '/v1/notification-settings')
    return [
      200,
      {
        fallbackPersonId: 'p1',
        groupingMinutes: 10,
        escalation: {
          low: { reminderAfter: 2880, escalateAfter: 2880 },
          normal: { reminderAfter: 1440, escalateAfter: 1440 },
          high: { reminderAfter: 120, escalateAfter: 120 },
        },
        escalateTo: [],
        mailBundleSeconds: 60,
        longestSnoozeDays: 30,
        version: 1,
        emailAvailable: true,
      },
    ];
  if (path === '/v1/me/notification-preferences')
    return [
      200,
      {
        personId: 'p1',
        inApp: true,
        email: { mode: 'digest', digestAt: '08:00', address: 's@voorbeeld.test' },
        quietHours: null,
        language: 'nl',
        version: 1,
        emailAvailable: true,
      },
    ];
  if (path === '/v1/webhooks')
    return [
      200,
      page([
        {
          webhookId: 'w1',
          name: 'Datawarehouse',
          url: 'https://data.voorbeeld.test/hook',
          eventTypes: [],
          state: 'disabled',
          lastError: 'HTTP 500',
          failingSince: new Date().toISOString(),
          waiting: 12,
          createdBy: 'p1',
          createdAt: '',
          version: 1,
        },
      ]),
    ];
  if (path === '/v1/dead-letters')
    return [
      200,
      page([
        {
          id: 'd1',
          service: 'notifications',
          state: 'dead',
          event: {
            type: 'nl.doorstroom.registration.housing-situation-changed.v1',
            data: { clientId: 'c1', kind: 'move' },
          },
          attempts: 5,
          error: 'Unknown cluster k99',
          firstFailedAt: new Date().toISOString(),
          lastFailedAt: new Date().toISOString(),
        },
      ]),
    ];
  if (path === '/v1/system-health')
    return [
      200,
      {
        at: new Date().toISOString(),
        state: 'degraded',
        parts: [
          { name: 'broker', state: 'up', answeredIn: 1 },
          { name: 'registration', state: 'up', answeredIn: 4, deadLetters: 0 },
          { name: 'notifications', state: 'down' },
          { name: 'audit', state: 'up', answeredIn: 3, deadLetters: 2 },
        ],
      },
    ];
  if (path === '/v1/audit/verify') return [200, { intact: true, entries: 12345, verifiedUntil: 12345, verifiedAt: '' }];
  return [
    404,
    { title: 'Niet gevonden', status: 404, code: 'not-found', correlationId: '0192f6a8-2222-7000-8000-000000000001' },
  ];
}

function serveFile(path: string, response: ServerResponse): void {
  const file = join(root, path);
  const served = extname(path) !== '' && existsSync(file) ? file : join(root, 'index.html');
  response.writeHead(200, {
    'content-type': types[extname(served)] ?? 'application/octet-stream',
    'content-security-policy': csp,
  });
  createReadStream(served)
    .on('error', () => response.end())
    .pipe(response);
}

function handle(request: IncomingMessage, response: ServerResponse): void {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
  if (pathname === '/fixture') {
    mode = searchParams.get('mode') ?? mode;
    signedIn = searchParams.get('signedIn') !== '0';
    if (searchParams.has('melding')) {
      const made = melding('move');
      meldingen.unshift(made);
      for (const stream of streams)
        stream.write(`id: ${made.meldingId}\nevent: melding\ndata: ${JSON.stringify(made)}\n\n`);
    }
    if (searchParams.has('drop')) for (const stream of streams) stream.destroy();
    response.end('ok');
    return;
  }
  if (pathname === '/v1/meldingen/stream') {
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    response.write(': hello\n\n');
    streams.add(response);
    request.on('close', () => streams.delete(response));
    return;
  }
  if (!pathname.startsWith('/v1/') && !pathname.startsWith('/auth/')) {
    serveFile(pathname, response);
    return;
  }
  request.resume();
  const [status, body] = answer(request.method ?? 'GET', pathname, searchParams);
  const type = status < 400 ? 'application/json' : 'application/problem+json';
  setTimeout(() => response.writeHead(status, { 'content-type': type }).end(JSON.stringify(body)), 30);
}

const port = Number(process.env['PORT'] ?? 4173);
createServer(handle).listen(port, () => console.log(`fixtures on http://localhost:${port}, ${places.length} places`));
