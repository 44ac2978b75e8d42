/** Made-up answers in the shape of the API, to look at pages while the services are being written. */
const DAY = 86_400_000;
export const day = (offset: number): string => new Date(Date.now() + offset * DAY).toISOString().slice(0, 10);
const at = (minutesAgo: number): string => new Date(Date.now() - minutesAgo * 60_000).toISOString();

const first = ['Noor', 'Sem', 'Yara', 'Mohammed', 'Lotte', 'Daan', 'Amira', 'Jesse', 'Fatima', 'Ruben', 'Zoë', 'Kevin'];
const last = ['de Vries', 'Bakker', 'El Amrani', 'Jansen', 'van der Velden-Hoogenboezem', 'Yilmaz', 'Visser', 'Smit'];

export const organisations = [
  { organisationId: 'o1', name: 'Stichting De Haven', kind: 'institution', version: 1 },
  { organisationId: 'o2', name: 'Kruispunt Wonen', kind: 'institution', version: 1 },
  { organisationId: 'o3', name: 'GGD Regio', kind: 'ggd', version: 1 },
];

export const people = [
  {
    personId: 'p1',
    name: 'Saskia Meijer',
    roles: ['trajectregisseur'],
    organisationId: 'o3',
    organisationName: 'GGD Regio',
  },
  {
    personId: 'p2',
    name: 'Bas Vermeulen',
    roles: ['trajectregisseur'],
    organisationId: 'o3',
    organisationName: 'GGD Regio',
  },
  {
    personId: 'p3',
    name: 'Ilse Dekker',
    roles: ['clientmanager'],
    organisationId: 'o1',
    organisationName: 'Stichting De Haven',
  },
].map((person) => ({
  ...person,
  kind: 'person',
  subject: person.personId,
  email: `${person.personId}@voorbeeld.test`,
  language: 'nl',
  active: true,
  version: 1,
}));

const kinds = ['opvang', 'guided-living', 'training-home', 'crisis'];
const zwaartes = ['light', 'medium', 'heavy'];

export const places = Array.from({ length: 24 }, (_, i) => ({
  placeId: `pl${i}`,
  placeName: i % 5 === 0 ? 'Kruisstraat 4' : `kamer ${(i % 8) + 1}`,
  clusterId: `k${Math.floor(i / 8)}`,
  clusterName: ['Begane grond', 'Eerste verdieping', 'Trainingswoningen Noord'][Math.floor(i / 8)],
  locationName: i % 5 === 0 ? 'Kruisstraat 4' : i < 16 ? 'De Haven' : 'Noordkade',
  organisationId: i < 16 ? 'o1' : 'o2',
  organisationName: i < 16 ? 'Stichting De Haven' : 'Kruispunt Wonen',
}));
export const placeFacts = places.map((place, i) => ({
  placeId: place.placeId,
  label: place.placeName,
  clusterId: place.clusterId,
  organisationId: place.organisationId,
  kind: kinds[i % 4],
  zwaarte: zwaartes[i % 3],
  fundingFrame: 'inside-chain',
}));

export const clients = Array.from({ length: 64 }, (_, i) => {
  const name = `${first[i % first.length] ?? ''} ${last[i % last.length] ?? ''}`;
  const housing = ['housed', 'housed', 'housed', 'left', 'none', 'reserved'][i % 6];
  return {
    clientId: `c${i}`,
    name,
    birthDate: `${1990 + (i % 17)}-0${(i % 9) + 1}-1${i % 10}`,
    ...(i % 7 === 0 ? {} : { zwaarte: zwaartes[i % 3] }),
    municipalityOfOrigin: 'Amstelveen',
    organisationId: i % 2 === 0 ? 'o1' : 'o2',
    organisationName: i % 2 === 0 ? 'Stichting De Haven' : 'Kruispunt Wonen',
    housing,
    ...(housing === 'housed' || housing === 'reserved' ? { place: places[i % 24], since: day(-10 - i) } : {}),
  };
});

export const names = {
  clients: Object.fromEntries(clients.map((client) => [client.clientId, client.name])),
  places: Object.fromEntries(places.map((place) => [place.placeId, place])),
  clusters: Object.fromEntries(
    places.map(({ placeId: _p, placeName: _n, ...cluster }) => [cluster.clusterId, cluster]),
  ),
  organisations: Object.fromEntries(organisations.map((each) => [each.organisationId, each.name])),
  people: Object.fromEntries(people.map((person) => [person.personId, person.name])),
};

const rule = { ruleId: 'r1', name: { nl: 'Verandering van woonsituatie', en: 'Change of housing situation' } };
const type = 'nl.doorstroom.registration.housing-situation-changed.v1';
let made = 0;

export function melding(kind: string, extra: Record<string, unknown> = {}) {
  made += 1;
  const client = clients[(made * 5) % clients.length];
  return {
    meldingId: `m${made}`,
    personId: 'p1',
    clientId: client?.clientId ?? 'c0',
    status: 'open',
    read: made % 3 === 0,
    urgency: made % 4 === 1 ? 'high' : 'normal',
    expectedAction: made % 4 === 1 ? 'contact-today' : 'take-note',
    rule,
    because: made % 5 === 0 ? 'replacement' : 'regisseur-of-cluster',
    becauseOf: made % 5 === 0 ? ['p2'] : [],
    parts: [part(kind, made)],
    createdAt: at(made * 47),
    lastPartAt: at(made * 47),
    updatedAt: at(made * 47),
    acknowledgeBy: made % 6 === 0 ? at(300) : at(-60 * 24 * 2),
    escalatedTo: [],
    history: [],
    version: 1,
    ...extra,
  };
}

export function part(kind: string, seed: number) {
  return {
    partId: `part${kind}${seed}`,
    eventId: `e${seed}`,
    eventType: type,
    kind,
    codes: {},
    placeId: `pl${seed % 24}`,
    previousPlaceId: `pl${(seed + 5) % 24}`,
    effectiveOn: day(kind === 'reservation' ? 4 : -(seed % 4)),
    recordedAt: at(seed * 47),
    sequence: seed,
    ruleId: 'r1',
    because: 'regisseur-of-cluster',
    becauseOf: [],
  };
}

export const meldingen = [
  'move',
  'arrival',
  'leave',
  'departure',
  'reservation',
  'return',
  'cancellation',
  'correction',
  'move',
  'arrival',
].map((kind) => melding(kind));
meldingen[2]?.parts.push(part('return', 3), part('move', 3));

const stay = (
  id: string,
  place: number,
  from: number,
  until: number | undefined,
  state: string,
  extra: object = {},
) => ({
  stayId: id,
  placeId: `pl${place}`,
  clusterId: 'k0',
  organisationId: 'o1',
  from: day(from),
  ...(until === undefined ? {} : { until: day(until) }),
  reserved: state === 'reserved' || state === 'reservation-due',
  leaves: [],
  state,
  placeZwaarte: zwaartes[place % 3],
  zwaarteMatch: 'equal',
  ...extra,
});

const now = stay('s3', 3, -40, undefined, 'present', {
  zwaarteMatch: 'place-too-light',
  leaves: [{ leaveId: 'l1', from: day(-12), until: day(-8), reason: 'family-visit' }],
});
const planned = stay('s4', 17, 9, undefined, 'reserved');
const pastOne = stay('s1', 20, -300, -120, 'ended', {
  end: { kind: 'departure', reason: 'own-choice', destination: 'family' },
});
const pastTwo = stay('s2', 6, -90, -40, 'ended', { end: { kind: 'move', toStayId: 's3' } });

const change = (version: number, kind: string, before: object[], after: object[], extra: object = {}) => ({
  changeId: `ch${version}`,
  version,
  kind,
  effectiveOn: day(-300 + version * 40),
  recordedAt: at(version * 5000),
  recordedBy: 'p3',
  channel: 'person',
  reasons: {},
  before,
  after,
  canUndo: false,
  ...extra,
});

export const housing = {
  clientId: 'c0',
  version: 6,
  status: 'housed',
  current: now,
  planned,
  stays: [pastOne, pastTwo, now, planned],
  changes: [
    change(6, 'reservation', [], [planned], { canUndo: true }),
    change(5, 'correction', [{ ...now, from: day(-38) }], [now], { reasons: { correction: 'typing-error' } }),
    change(4, 'move', [pastTwo], [pastTwo, now]),
    change(3, 'leave', [pastTwo], [pastTwo], { undoneBy: 'ch4', channel: 'import' }),
    change(2, 'departure', [pastOne], [pastOne], { channel: 'event' }),
    change(1, 'arrival', [], [pastOne]),
  ],
  names,
};

export function board(clusterId: string, from: string, until: string) {
  return {
    clusterId,
    from,
    until,
    today: day(0),
    items: placeFacts
      .filter((place) => place.clusterId === clusterId)
      .map((place, i) => ({
        ...place,
        ...(i === 6 ? { openFrom: day(-5) } : {}),
        bars:
          i === 5
            ? []
            : [
                {
                  stayId: `b${i}a`,
                  clientId: `c${i}`,
                  from: day(-120),
                  until: day(-9 + i),
                  reserved: false,
                  state: i > 8 ? 'present' : 'ended',
                  leaves: [],
                },
                {
                  stayId: `b${i}b`,
                  ...(i === 3 ? {} : { clientId: `c${i + 10}` }),
                  from: day(-6 + i),
                  ...(i % 2 === 0 ? { until: day(25 + i) } : {}),
                  reserved: i > 6,
                  state: i > 6 ? 'reserved' : i === 2 ? 'on-leave' : 'present',
                  zwaarteMatch: i === 1 ? 'place-too-light' : 'equal',
                  leaves: i === 2 ? [{ from: day(-2), until: day(6) }] : [],
                },
                ...(i % 2 === 0
                  ? [
                      {
                        stayId: `b${i}c`,
                        clientId: `c${i + 30}`,
                        from: day(27 + i),
                        reserved: true,
                        state: 'reserved',
                        leaves: [],
                      },
                    ]
                  : []),
              ],
      })),
    names,
  };
}
