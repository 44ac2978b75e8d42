import type { ZrmClient } from '#contracts/assessment/clients.js';
import { dueStartLabels, measurementKindLabels, progressFindingKindLabels } from '#contracts/assessment/code-labels.js';
import { NOT_ASSESSED, type ZrmScore } from '#contracts/assessment/codes.js';
import type { MatrixVersion, MatrixVersions } from '#contracts/assessment/matrix.js';
import type { ProgressFinding } from '#contracts/assessment/progress.js';
import type { TimelinessFigures, ZrmTimeliness } from '#contracts/assessment/timeliness.js';
import type { ZrmInHistory, ZrmsOfClient } from '#contracts/assessment/zrm-history.js';
import type { Names } from '#contracts/registration/names.js';
import type { Language } from '../http/problem.js';

/** A table of people and ZRMs as lines of texts, with its titles first: what a spreadsheet is made of. */
type Titles = Readonly<Record<Language, readonly string[]>>;

const listTitles: Titles = {
  nl: [
    'cliënt-id',
    'cliënt',
    'instelling',
    'groep',
    'sinds',
    'wat',
    'uiterlijk',
    'dagen te laat',
    'telt vanaf',
    'vanaf datum',
    'met verlof',
    'mist',
    'laatste ZRM',
    'soort laatste ZRM',
    'bijzonderheden',
    'wat opvalt',
  ],
  en: [
    'client id',
    'client',
    'institution',
    'group',
    'since',
    'what',
    'not later than',
    'days late',
    'counts from',
    'from date',
    'on leave',
    'missing',
    'last ZRM',
    'kind of last ZRM',
    'particulars',
    'what stands out',
  ],
};

const yesNo = { nl: ['ja', 'nee'], en: ['yes', 'no'] } as const;

/** Titles of a list of clients. */
export function clientTitles(language: Language): readonly string[] {
  return listTitles[language];
}

/** A client as one line. @param nameOf names of domains, in the version that the latest ZRM is told in */
export function clientCells(
  client: ZrmClient,
  names: Names | undefined,
  versions: MatrixVersions,
  language: Language,
): string[] {
  const [yes, no] = yesNo[language];
  const [due] = client.due;
  const { clientId, organisationId, clusterId, since, latest } = client;
  return [
    clientId,
    names?.clients[clientId] ?? '',
    names?.organisations[organisationId] ?? '',
    names?.clusters[clusterId]?.clusterName ?? '',
    since,
    due === undefined ? '' : measurementKindLabels[due.kind][language],
    due?.dueOn ?? '',
    due === undefined ? '' : String(due.daysLate),
    due === undefined ? '' : dueStartLabels[due.countedBy][language],
    due?.countedFrom ?? '',
    due?.held === true ? yes : no,
    client.lacks.map((kind) => measurementKindLabels[kind][language]).join(', '),
    latest?.date ?? '',
    latest === undefined ? '' : measurementKindLabels[latest.kind][language],
    client.hasParticulars ? yes : no,
    client.findings.map((finding) => findingText(finding, versions, language)).join(' | '),
  ];
}

function findingText(finding: ProgressFinding, versions: MatrixVersions, language: Language): string {
  const what = progressFindingKindLabels[finding.kind][language];
  if (finding.kind === 'stagnation') return `${what} (${finding.since})`;
  const name = domainName(finding.domain, undefined, versions, language);
  return `${what}: ${name} ${finding.from} → ${finding.to} (${finding.since})`;
}

const historyTitles: Titles = {
  nl: [
    'cliënt-id',
    'cliënt',
    'ZRM-id',
    'datum',
    'soort',
    'soort in woorden',
    'versie',
    'domein',
    'domein in woorden',
    'score',
    'score in woorden',
    'score cliënt zelf',
    'score cliënt zelf in woorden',
    'ingediend op',
  ],
  en: [
    'client id',
    'client',
    'ZRM id',
    'date',
    'kind',
    'kind in words',
    'version',
    'domain',
    'domain in words',
    'score',
    'score in words',
    'score by client',
    'score by client in words',
    'submitted at',
  ],
};

/** Titles of the ZRMs of clients. */
export function zrmTitles(language: Language): readonly string[] {
  return historyTitles[language];
}

/** The ZRMs of one client, a line per domain: codes, and beside them what they mean. */
export function* zrmLines(
  { clientId, zrms }: ZrmsOfClient,
  names: Names | undefined,
  versions: MatrixVersions,
  language: Language,
): Generator<string[]> {
  const name = names?.clients[clientId] ?? '';
  for (const zrm of zrms) {
    for (const { domain, score, clientScore } of zrm.scores) {
      const of = (given: ZrmScore | undefined) => scoreCells(given, domain, zrm, versions, language);
      yield [
        clientId,
        name,
        zrm.measurementId,
        zrm.date,
        zrm.kind,
        measurementKindLabels[zrm.kind][language],
        zrm.matrixVersion,
        domain,
        domainName(domain, zrm.matrixVersion, versions, language),
        ...of(score),
        ...of(clientScore),
        zrm.submittedAt,
      ];
    }
  }
}

const notAssessed = { nl: 'niet beoordeeld', en: 'not assessed' } as const;

function scoreCells(
  score: ZrmScore | undefined,
  domain: string,
  { matrixVersion }: ZrmInHistory,
  versions: MatrixVersions,
  language: Language,
): [string, string] {
  if (score === undefined) return ['', ''];
  if (score === NOT_ASSESSED) return [NOT_ASSESSED, notAssessed[language]];
  const version = versionWith(domain, matrixVersion, versions);
  return [String(score), version?.levels[score][language] ?? ''];
}

const figureTitles: Titles = {
  nl: [
    'instelling-id',
    'instelling',
    'moest af',
    'op tijd',
    'deel op tijd',
    'te laat ingevuld',
    'nog open',
    'niet meer nodig',
    'middelste aantal dagen te laat',
    'middelste aantal dagen, alles',
    'cliënten',
    'met nulmeting en doelscore',
    'zoals bekend op',
  ],
  en: [
    'institution id',
    'institution',
    'fell due',
    'on time',
    'share on time',
    'filled in late',
    'still open',
    'no longer needed',
    'median days late',
    'median days of all',
    'clients',
    'with baseline and target',
    'as known on',
  ],
};

const words = {
  nl: { region: 'Alle instellingen', few: 'te weinig om te tonen' },
  en: { region: 'All institutions', few: 'too few to show' },
} as const;

/** The figures of timeliness with their titles: a line per institution, and the region last. */
export function* timelinessLines(
  { items, region, asOf }: ZrmTimeliness,
  names: Names | undefined,
  language: Language,
): Generator<string[]> {
  yield [...figureTitles[language]];
  for (const item of items) {
    const { organisationId } = item;
    yield [organisationId, names?.organisations[organisationId] ?? '', ...figureCells(item, language), asOf];
  }
  if (region !== undefined) yield ['', words[language].region, ...figureCells(region, language), asOf];
}

function figureCells(figures: TimelinessFigures, language: Language): string[] {
  const { fellDue, onTime, shareOnTime, late, open, lapsed, medianDaysLate, medianDays, clients, complete } = figures;
  const count = (value: number | undefined): string => (value === undefined ? words[language].few : numberText(value));
  // A figure of nothing is empty: nobody hides it.
  const figure = (value: number | undefined): string => (value === undefined ? '' : numberText(value));
  const numberText = (value: number): string => inLanguage(value, language);
  return [
    count(fellDue),
    count(onTime),
    figure(shareOnTime === undefined ? undefined : Math.round(shareOnTime * 1_000) / 1_000),
    count(late),
    count(open),
    count(lapsed),
    figure(medianDaysLate),
    figure(medianDays),
    count(clients),
    count(complete),
  ];
}

/** A spreadsheet in Dutch takes 0.5 for a text. */
function inLanguage(value: number, language: Language): string {
  return language === 'nl' ? String(value).replace('.', ',') : String(value);
}

function versionWith(
  domain: string,
  matrixVersion: string | undefined,
  { items }: MatrixVersions,
): MatrixVersion | undefined {
  const known = items.filter(({ domains }) => domains.some(({ code }) => code === domain));
  return known.find(({ code }) => code === matrixVersion) ?? known.at(-1);
}

/** What no version knows keeps its code, so that nothing that was filled in goes unseen. */
function domainName(
  domain: string,
  matrixVersion: string | undefined,
  versions: MatrixVersions,
  language: Language,
): string {
  const found = versionWith(domain, matrixVersion, versions)?.domains.find(({ code }) => code === domain);
  return found?.name[language] ?? domain;
}
