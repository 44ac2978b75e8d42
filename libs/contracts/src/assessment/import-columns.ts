import { type CodeName, dateColumn, type ImportColumn, importColumn as column } from '../imports/import-columns.js';
import { measurementKindLabels, participantLabels, weightFactorLabels } from './code-labels.js';
import type { MeasurementKind } from './codes.js';
import { MAX_PARTICULARS } from './measurement.js';

/** The column of one domain of the ZRM. */
export interface DomainColumn {
  /** Code of the domain, in every version that has it. */
  readonly domain: string;
  readonly column: ImportColumn;
}

const required = true;

/** What people write for what a ZRM is for. */
const kindNames: Readonly<Record<MeasurementKind, CodeName>> = {
  ...measurementKindLabels,
  baseline: { ...measurementKindLabels.baseline, also: ['begin', 'start'] },
  target: { ...measurementKindLabels.target, also: ['doel', 'streefscore'] },
  periodic: { ...measurementKindLabels.periodic, also: ['periodiek', 'periodieke meting', 'tussentijds'] },
  final: { ...measurementKindLabels.final, also: ['eind', 'einde'] },
};

/**
 * A domain by its code, the title of its column, and its names in the versions: a file may use any of them. The codes are
 * those of apps/assessment/src/matrix/versions; a spec of the import sees to it that every domain has its column.
 */
function domain(code: string, name: string, nl: string, en: string): DomainColumn {
  const about = { nl: `Niveau van ${nl}; leeg: niet beoordeeld`, en: `Level of ${en}; empty: not assessed` };
  return { domain: code, column: column(name, about.nl, about.en, '3', { also: [code, nl, en] }) };
}

const domainsOf2017 = [
  domain('finances', 'financien', 'Financiën', 'Finances'),
  domain('work-and-education', 'werk_en_opleiding', 'Werk & Opleiding', 'Work & education'),
  domain('use-of-time', 'tijdsbesteding', 'Tijdsbesteding', 'Use of time'),
  domain('housing', 'huisvesting', 'Huisvesting', 'Housing'),
  domain('domestic-relations', 'huiselijke_relaties', 'Huiselijke relaties', 'Domestic relations'),
  domain('mental-health', 'geestelijke_gezondheid', 'Geestelijke gezondheid', 'Mental health'),
  domain('physical-health', 'lichamelijke_gezondheid', 'Lichamelijke gezondheid', 'Physical health'),
  domain('substance-use', 'middelengebruik', 'Middelengebruik', 'Substance use'),
  domain('basic-adl', 'basale_adl', 'Basale ADL', 'Basic ADL'),
  domain('instrumental-adl', 'instrumentele_adl', 'Instrumentele ADL', 'Instrumental ADL'),
  domain('social-network', 'sociaal_netwerk', 'Sociaal netwerk', 'Social network'),
  domain(
    'community-participation',
    'maatschappelijke_participatie',
    'Maatschappelijke participatie',
    'Community participation',
  ),
  domain('justice', 'justitie', 'Justitie', 'Justice'),
];

/** Those of older versions, and of the supplement Ouderschap: read, but not in the template. */
const otherDomains = [
  domain('income', 'inkomen', 'Inkomen', 'Income'),
  domain('day-activities', 'dagbesteding', 'Dagbesteding', 'Day activities'),
  domain('family-relations', 'gezinsrelaties', 'Gezinsrelaties', 'Family relations'),
  domain('bodily-health', 'fysieke_gezondheid', 'Fysieke gezondheid', 'Bodily health'),
  domain('addiction', 'verslaving', 'Verslaving', 'Addiction'),
  domain('adl-skills', 'adl_vaardigheden', 'ADL vaardigheden', 'ADL skills'),
  domain('child-physical-care', 'ouderschap_verzorging', 'Lichamelijke verzorging', 'Physical care'),
  domain(
    'child-support',
    'ouderschap_ondersteuning',
    'Sociaal-emotionele ondersteuning',
    'Social and emotional support',
  ),
  domain('child-schooling', 'ouderschap_scholing', 'Scholing', 'Schooling'),
  domain('child-minding', 'ouderschap_opvang', 'Opvang', 'Child care'),
];

/** The column of every domain of every version and supplement. */
export const zrmDomainColumns: readonly DomainColumn[] = [
  ...domainsOf2017,
  ...otherDomains.map((one) => ({ ...one, column: { ...one.column, isSeldom: true as const } })),
];

const columnsOf = (domains: readonly DomainColumn[]) => domains.map((one) => one.column);

/** The columns of a file of ZRMs, one row each, in the order of the template. In a file they may be in any order. */
export const zrmImportColumns: readonly ImportColumn[] = [
  column('clientnummer', 'Eigen nummer van de cliënt', 'Own number of the client', 'HV-1001', { required, max: 60 }),
  dateColumn('datum', 'Dag van de ZRM', 'Day of the ZRM', '1-3-2026', { required }),
  column('soort', 'Waar de ZRM voor is', 'What the ZRM is for', 'Tussenmeting', { required, values: kindNames }),
  column('versie', 'Versie van de ZRM', 'Version of the ZRM', '2017', { required, max: 40 }),
  ...columnsOf(zrmDomainColumns.slice(0, domainsOf2017.length)),
  column('ingevuld_met', 'Wie erbij waren, met een komma ertussen', 'Who were there, with commas between', 'Cliënt', {
    also: ['aanwezig'],
    values: participantLabels,
  }),
  column('bijzonderheden', 'Wat besproken moet worden', 'What should be discussed', '', {
    max: MAX_PARTICULARS,
  }),
  column(
    'weegfactoren',
    'Weegfactoren die meespelen, met een komma ertussen',
    'Weight factors that play a part, with commas between',
    '',
    { values: weightFactorLabels, max: 300 },
  ),
  ...columnsOf(zrmDomainColumns.slice(domainsOf2017.length)),
];
