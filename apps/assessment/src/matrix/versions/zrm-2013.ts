import type { MatrixVersion } from '#contracts/assessment/matrix.js';
import { domain, levels } from './cells.js';
import * as cells from './unofficial-cells.js';

/** The ZRM of 2013: eleven domains, found in older records (domain.md §4). */
export const zrm2013: MatrixVersion = {
  code: '2013',
  kind: 'core',
  name: { nl: 'ZRM 2013', en: 'ZRM 2013' },
  texts: 'unofficial',
  levels,
  domains: [
    domain('finances', 'Financiën', 'Finances', cells.money),
    domain('day-activities', 'Dagbesteding', 'Day activities', cells.dayActivities),
    domain('housing', 'Huisvesting', 'Housing', cells.housing),
    domain('domestic-relations', 'Huiselijke relaties', 'Domestic relations', cells.home),
    domain('mental-health', 'Geestelijke gezondheid', 'Mental health', cells.mind),
    domain('physical-health', 'Lichamelijke gezondheid', 'Physical health', cells.body),
    domain('addiction', 'Verslaving', 'Addiction', cells.substances),
    domain('adl-skills', 'ADL-vaardigheden', 'ADL skills', cells.selfCare),
    domain('social-network', 'Sociaal netwerk', 'Social network', cells.network),
    domain('community-participation', 'Maatschappelijke participatie', 'Community participation', cells.community),
    domain('justice', 'Justitie', 'Justice', cells.justice),
  ],
};
