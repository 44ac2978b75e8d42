import type { CivilDate } from '#calendar/civil-date.js';
import {
  measurementKinds,
  type MeasurementKind,
  NOT_ASSESSED,
  participants,
  weightFactors,
  zrmLevels,
} from '#contracts/assessment/codes.js';
import { zrmDomainColumns, zrmImportColumns } from '#contracts/assessment/import-columns.js';
import { folded } from '#contracts/folded-text.js';
import type { FieldProblem } from '#contracts/refusal.js';
import type { NamedRow } from '#imports/rows/match-columns.js';
import { RowReader } from '#imports/rows/read-cells.js';
import type { VersionMapping } from '../matrix/mapping.js';
import { domainIn } from '../matrix/matrix-version.js';
import { readContent } from '../measurement/content-rules.js';
import type { GivenContent, GivenScore } from '../measurement/measurement-types.js';

/** What a row says of one ZRM; an empty cell says nothing. */
export type SaidContent = GivenContent & { readonly date: CivilDate };

/** A row as it was read, with everything that is wrong with its cells. */
export interface ReadZrmRow {
  readonly row: number;
  /** The institution's own number of the client. */
  readonly number?: string;
  readonly kind?: MeasurementKind;
  readonly date?: CivilDate;
  /** Only when nothing is wrong. */
  readonly said?: SaidContent;
  readonly problems: readonly FieldProblem[];
}

const columns = {
  number: 'clientnummer',
  date: 'datum',
  kind: 'soort',
  version: 'versie',
  participants: 'ingevuld_met',
  particulars: 'bijzonderheden',
  weights: 'weegfactoren',
} as const;

/** Names of "not assessed" as people write them. */
const NOT_ASSESSED_NAMES: ReadonlySet<string> = new Set([
  NOT_ASSESSED,
  'not assessed',
  'niet beoordeeld',
  'n.b.',
  'nb',
  'onbekend',
]);

/** Reads one row of ZRMs, as far as that can be without knowing the client: by the same rules as the form. */
export function readZrmRow(source: NamedRow, matrix: VersionMapping): ReadZrmRow {
  const { row } = source;
  const reader = new RowReader(source, zrmImportColumns);
  if (source.problem !== undefined) return { row, problems: reader.problems };
  const needed = <T>(column: string, value: T | undefined): T | undefined => {
    if (value === undefined) reader.missing(column);
    return value;
  };
  const number = needed(columns.number, reader.text(columns.number));
  const date = needed(columns.date, reader.date(columns.date));
  const kind = needed(columns.kind, reader.code(columns.kind, measurementKinds));
  const version = needed(columns.version, reader.text(columns.version));
  const content = contentIn(reader, version?.replace(/^zrm\s*/i, ''), matrix);
  const given: GivenContent = { kind: kind ?? 'periodic', ...content };
  // Without a version nothing can be said of the domains.
  const read = version === undefined ? undefined : readContent(given, matrix);
  if (read?.outcome === 'refused') for (const problem of zrmProblems(read.problems, given)) reader.add(problem);
  const known = {
    row,
    ...(number === undefined ? {} : { number }),
    ...(kind === undefined ? {} : { kind }),
    ...(date === undefined ? {} : { date }),
  };
  if (!reader.isSound || date === undefined) return { ...known, problems: reader.problems };
  return { ...known, said: { ...given, date }, problems: [] };
}

/** Problems of the fields of a ZRM, at the columns of the row that it came from. */
export function zrmProblems(problems: readonly FieldProblem[], given: Pick<GivenContent, 'scores'>): FieldProblem[] {
  return problems.map((problem) => ({ ...problem, path: columnOf(problem.path, given) }));
}

/** The column of a domain. */
export function columnOfDomain(domain: string): string {
  return zrmDomainColumns.find((one) => one.domain === domain)?.column.name ?? '';
}

function columnOf(path: string, { scores }: Pick<GivenContent, 'scores'>): string {
  const [, index, domain] = /^scores(?:\[(\d+)\]|\.([^.]+)\.)/.exec(path) ?? [];
  if (index !== undefined) return columnOfDomain(scores[Number(index)]?.domain ?? '');
  if (domain !== undefined) return columnOfDomain(domain);
  if (path.startsWith('weights')) return columns.weights;
  if (path.startsWith('participants')) return columns.participants;
  switch (path) {
    case 'date':
    case 'kind':
    case 'particulars':
      return columns[path];
    case 'matrixVersion':
      return columns.version;
    default:
      return '';
  }
}

function contentIn(reader: RowReader, version = '', matrix: VersionMapping): Omit<GivenContent, 'kind' | 'date'> {
  const scores = zrmDomainColumns.flatMap(({ domain, column }) => {
    const text = reader.text(column.name);
    return text === undefined ? [] : [{ domain, score: scoreOf(text) }];
  });
  const supplements = matrix.codes('supplement').filter((code) => {
    const supplement = matrix.version(code);
    return supplement !== undefined && scores.some(({ domain }) => domainIn(supplement, domain) !== undefined);
  });
  const particulars = reader.text(columns.particulars);
  return {
    matrixVersion: version,
    supplements,
    scores,
    weights: reader.codes(columns.weights, weightFactors).map((factor) => ({ factor, answer: 'plays-a-part' })),
    ...(particulars === undefined ? {} : { particulars }),
    participants: reader.codes(columns.participants, participants),
  };
}

/** A level by its digit, or a name of not assessed; anything else stays, and is refused like any level that does not exist. */
function scoreOf(text: string): GivenScore {
  const wanted = folded(text);
  if (NOT_ASSESSED_NAMES.has(wanted)) return NOT_ASSESSED;
  return zrmLevels.find((level) => String(level) === wanted) ?? text;
}
