import type { MatrixVersion } from '#contracts/assessment/matrix.js';
import { domain, levels } from './cells.js';
import * as cells from './unofficial-cells.js';

/** The ZRM of 2017: thirteen domains (domain.md §4). */
export const zrm2017: MatrixVersion = {
  code: '2017',
  kind: 'core',
  name: { nl: 'ZRM 2017', en: 'ZRM 2017' },
  texts: 'unofficial',
  levels,
  domains: [
    domain('finances', 'Financiën', 'Finances', cells.money),
    domain('work-and-education', 'Werk & Opleiding', 'Work & education', cells.work),
    domain('use-of-time', 'Tijdsbesteding', 'Use of time', cells.time),
    domain('housing', 'Huisvesting', 'Housing', cells.housing),
    domain('domestic-relations', 'Huiselijke relaties', 'Domestic relations', cells.home),
    domain('mental-health', 'Geestelijke gezondheid', 'Mental health', cells.mind),
    domain('physical-health', 'Lichamelijke gezondheid', 'Physical health', cells.body),
    domain('substance-use', 'Middelengebruik', 'Substance use', cells.substances),
    domain('basic-adl', 'Basale ADL', 'Basic ADL', cells.dailyCare),
    domain('instrumental-adl', 'Instrumentele ADL', 'Instrumental ADL', cells.household),
    domain('social-network', 'Sociaal netwerk', 'Social network', cells.network),
    domain('community-participation', 'Maatschappelijke participatie', 'Community participation', cells.community),
    domain('justice', 'Justitie', 'Justice', cells.justice),
  ],
};
