import { dutchDate, plusDays } from './dates.ts';
import type { ExampleStay } from './history.ts';
import type { Chance } from './random.ts';

/** How an institution fills in: until when by an older version of the ZRM. */
export interface ZrmHabit {
  readonly older?: { readonly version: '2010' | '2013'; readonly untilDaysAgo: number };
}

type Kind = 'Nulmeting' | 'Doelscore' | 'Periodiek' | 'Eindmeting';
type Levels = ReadonlyMap<string, number>;

interface Period {
  readonly client: string;
  readonly from: string;
  /** Day of departure; empty while the client is there. */
  readonly until: string;
}

/** How a client gets on: what share of the domains goes up or down from one ZRM to the next. */
const COURSES = [
  { up: 0.22, down: 0.02 },
  { up: 0.22, down: 0.02 },
  { up: 0.12, down: 0.06 },
  { up: 0.1, down: 0.1 },
  { up: 0, down: 0 },
  { up: 0.03, down: 0.16 },
] as const;

/** The domains of each version, by the names that stand on the form. */
const DOMAINS = {
  '2010': [
    'Inkomen',
    'Dagbesteding',
    'Huisvesting',
    'Gezinsrelaties',
    'Geestelijke gezondheid',
    'Fysieke gezondheid',
    'Verslaving',
    'ADL vaardigheden',
    'Sociaal netwerk',
    'Maatschappelijke participatie',
    'Justitie',
  ],
  '2013': [
    'Financiën',
    'Dagbesteding',
    'Huisvesting',
    'Huiselijke relaties',
    'Geestelijke gezondheid',
    'Lichamelijke gezondheid',
    'Verslaving',
    'ADL-vaardigheden',
    'Sociaal netwerk',
    'Maatschappelijke participatie',
    'Justitie',
  ],
  '2017': [
    'Financiën',
    'Werk & Opleiding',
    'Tijdsbesteding',
    'Huisvesting',
    'Huiselijke relaties',
    'Geestelijke gezondheid',
    'Lichamelijke gezondheid',
    'Middelengebruik',
    'Basale ADL',
    'Instrumentele ADL',
    'Sociaal netwerk',
    'Maatschappelijke participatie',
    'Justitie',
  ],
} as const;
type Version = keyof typeof DOMAINS;

/** What a domain of an older version is called in the newest, so that a client's levels go on. */
const GOES_ON: Readonly<Record<string, string>> = {
  Inkomen: 'Financiën',
  Dagbesteding: 'Tijdsbesteding',
  Gezinsrelaties: 'Huiselijke relaties',
  'Fysieke gezondheid': 'Lichamelijke gezondheid',
  Verslaving: 'Middelengebruik',
  'ADL vaardigheden': 'Basale ADL',
  'ADL-vaardigheden': 'Basale ADL',
};

const REMARKS = [
  'Wil graag praten over een eigen woning.',
  'Slaapt slecht en komt minder naar de groep.',
  'Heeft werk gevonden, twee dagen per week.',
  'Nieuwe schulden. Graag samen kijken wat er kan.',
] as const;
const WITH = ['Cliënt', 'Cliënt', 'Cliënt', 'Cliënt, Collega', 'Familie of vrienden', 'Collega', ''] as const;
const FACTORS = ['Reizen', 'Kinderen', 'Beheersing van het Nederlands', 'Digitale vaardigheid, Verzekering'] as const;

/** The titles of a file of ZRMs, with every domain that the institution used. */
export function zrmColumns(habit: ZrmHabit): string[] {
  return [
    'clientnummer',
    'datum',
    'soort',
    'versie',
    ...titlesOf(habit),
    'ingevuld_met',
    'bijzonderheden',
    'weegfactoren',
  ];
}

/**
 * The ZRMs of everybody who stayed with an institution in the past year: a baseline and a target after the arrival, one about
 * every three months, and often one at the end. As in real files some are late, skipped or missing altogether, some have
 * cells that are empty or say that nobody could tell, and now and then a target is lower than the baseline.
 */
export function zrmRows(chance: Chance, habit: ZrmHabit, stays: readonly ExampleStay[], today: string): string[][] {
  const all = periodsOf(stays).map((period) => ({ period, rows: rowsOf(chance, habit, period, today) }));
  const ofThisWeek = all.flatMap(({ period, rows }) => {
    const isLongHere = period.until === '' && period.from < plusDays(today, -120);
    return isLongHere ? (setback(habit, period.client, rows, today) ?? []) : [];
  });
  return [...all.flatMap(({ rows }) => rows), ...ofThisWeek.slice(0, 1)];
}

/** Something to talk about: a ZRM of this week with a level less on Huisvesting and a remark; undefined when there is no level. */
function setback(habit: ZrmHabit, client: string, rows: readonly string[][], today: string): string[][] | undefined {
  const columns = zrmColumns(habit);
  const seen = rows.filter(([, , kind]) => kind !== 'Doelscore').at(-1);
  const housing = Number(seen?.[columns.indexOf('Huisvesting')]);
  if (seen === undefined || !(housing > 1)) return undefined;
  const cells: Readonly<Record<string, string>> = {
    clientnummer: client,
    datum: dutchDate(plusDays(today, -5)),
    soort: 'Periodiek',
    versie: '2017',
    Huisvesting: String(housing - 1),
    ingevuld_met: 'Cliënt',
    bijzonderheden: 'Kan misschien niet blijven wonen. Graag deze week bespreken.',
  };
  return [columns.map((column) => cells[column] ?? levelIn(seen, columns, column))];
}

/** What stood there, where it is a domain of the newest version. */
function levelIn(row: readonly string[], columns: readonly string[], column: string): string {
  return DOMAINS[2017].some((domain) => domain === column) ? (row[columns.indexOf(column)] ?? '') : '';
}

function titlesOf({ older }: ZrmHabit): string[] {
  return [...new Set([...DOMAINS[2017], ...(older === undefined ? [] : DOMAINS[older.version])])];
}

/** From arrival to departure; a move on the day of leaving is no departure. */
function periodsOf(stays: readonly ExampleStay[]): Period[] {
  const periods: Period[] = [];
  for (const { client, from, until, kind } of stays.toSorted((a, b) => a.from.localeCompare(b.from))) {
    if (kind !== 'stay') continue;
    const before = periods.findIndex((period) => period.client === client && period.until === from);
    const begun = periods[before];
    if (begun === undefined) periods.push({ client, from, until });
    else periods[before] = { ...begun, until };
  }
  return periods;
}

function rowsOf(chance: Chance, habit: ZrmHabit, { client, from, until }: Period, today: string): string[][] {
  const last = until === '' || until > today ? today : until;
  const course = chance.pick(COURSES);
  const rows: string[][] = [];
  const add = (kind: Kind, date: string, levels: Levels): void => {
    const version = versionOn(habit, date, today);
    rows.push(rowOf(chance, habit, { client, kind, date, version }, levels));
  };
  let date = plusDays(from, chance.between(2, 28));
  // Nobody filled in anything: these are the ones that ought to be seen.
  if (date > last || chance.once(0.07)) return [];
  let levels: Levels = new Map(DOMAINS[2017].map((domain) => [domain, chance.pick([1, 2, 2, 3, 3, 3, 4, 5])]));
  add('Nulmeting', date, levels);
  const aimed = plusDays(date, chance.between(0, 21));
  if (aimed <= last && !chance.once(0.1)) add('Doelscore', aimed, targetOf(chance, levels));
  for (;;) {
    const late = chance.once(0.15) ? chance.between(10, 45) : 0;
    const skipped = chance.once(0.06) ? 91 : 0;
    date = plusDays(date, chance.between(82, 94) + late + skipped);
    if (date > last) break;
    levels = next(chance, levels, course);
    const isEnd = until !== '' && plusDays(date, 30) > until;
    add(isEnd ? 'Eindmeting' : 'Periodiek', date, levels);
    if (isEnd) break;
  }
  return rows;
}

function versionOn({ older }: ZrmHabit, date: string, today: string): Version {
  return older !== undefined && date < plusDays(today, -older.untilDaysAgo) ? older.version : '2017';
}

function targetOf(chance: Chance, levels: Levels): Levels {
  const lower = chance.once(0.03);
  return new Map(
    [...levels].map(([domain, level], index) => {
      const aim = lower && index === 0 ? level - 1 : level + chance.pick([0, 1, 1, 2]);
      return [domain, Math.max(1, Math.min(5, aim))];
    }),
  );
}

function next(chance: Chance, levels: Levels, { up, down }: (typeof COURSES)[number]): Levels {
  return new Map(
    [...levels].map(([domain, level]) => {
      const move = chance.once(down) ? -1 : chance.once(up) ? 1 : 0;
      return [domain, Math.max(1, Math.min(5, level + move))];
    }),
  );
}

interface Head {
  readonly client: string;
  readonly kind: Kind;
  readonly date: string;
  readonly version: Version;
}

function rowOf(chance: Chance, habit: ZrmHabit, { client, kind, date, version }: Head, levels: Levels): string[] {
  const cells = new Map<string, string>();
  for (const domain of DOMAINS[version]) {
    const level = String(levels.get(GOES_ON[domain] ?? domain) ?? 3);
    // A goal is set for every domain; of a present situation sometimes nobody knows.
    cells.set(domain, kind !== 'Doelscore' && chance.once(0.02) ? chance.pick(['', 'niet beoordeeld']) : level);
  }
  const scores = titlesOf(habit).map((title) => cells.get(title) ?? '');
  const remark = kind === 'Periodiek' && chance.once(0.08) ? chance.pick(REMARKS) : '';
  const factors = kind === 'Nulmeting' && chance.once(0.2) ? chance.pick(FACTORS) : '';
  return [client, dutchDate(date), kind, version, ...scores, chance.pick(WITH), remark, factors];
}
