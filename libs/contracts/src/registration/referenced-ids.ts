/** What has a name in `registration`. */
export const idKinds = ['client', 'place', 'cluster', 'organisation', 'person'] as const;
export type IdKind = (typeof idKinds)[number];

/** Identifiers by kind. */
export type Ids = Record<IdKind, Set<string>>;

/** `clientId`, `previousPlaceId`, `representativePersonId`, `clusterIds`, … */
const ID_FIELD = /(client|place|cluster|organisation|person)Ids?$/i;
/** Fields that hold persons without saying so: who did something, or why a melding came. */
const PERSON_FIELDS: ReadonlySet<string> = new Set([
  'by',
  'recordedBy',
  'createdBy',
  'updatedBy',
  'changedBy',
  'cancelledBy',
  'acknowledgedBy',
  'actorId',
  'becauseOf',
  'escalatedTo',
]);
const IDENTIFIER = /^[A-Za-z0-9-]{1,100}$/;

/** Identifiers by kind as they travel; a kind of which there are none is absent. */
export type IdLists = Partial<Record<IdKind, string[]>>;

export function idLists(ids: Ids): IdLists {
  return Object.fromEntries(idKinds.filter((kind) => ids[kind].size > 0).map((kind) => [kind, [...ids[kind]]]));
}

/** The way back of {@link idLists}. */
export function idSets({ client, place, cluster, organisation, person }: IdLists): Ids {
  return {
    client: new Set(client),
    place: new Set(place),
    cluster: new Set(cluster),
    organisation: new Set(organisation),
    person: new Set(person),
  };
}

/** Every identifier that a reply refers to, at any depth, by the names of its fields. */
export function collectIds(answer: unknown): Ids {
  const ids = idSets({});
  visit(answer, ids);
  return ids;
}

function visit(value: unknown, ids: Ids): void {
  if (Array.isArray(value)) {
    for (const item of value) visit(item, ids);
    return;
  }
  if (typeof value !== 'object' || value === null) return;
  for (const [field, inside] of Object.entries(value)) {
    const kind = kindOf(field);
    if (kind === undefined) visit(inside, ids);
    else add(inside, ids[kind]);
  }
}

function kindOf(field: string): IdKind | undefined {
  if (PERSON_FIELDS.has(field)) return 'person';
  const [, found] = ID_FIELD.exec(field) ?? [];
  const kind = found?.toLowerCase();
  return idKinds.find((known) => known === kind);
}

function add(value: unknown, ids: Set<string>): void {
  const values: unknown[] = Array.isArray(value) ? value : [value];
  for (const item of values) if (typeof item === 'string' && IDENTIFIER.test(item)) ids.add(item);
}
