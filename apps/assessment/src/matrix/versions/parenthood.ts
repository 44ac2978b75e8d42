import type { MatrixVersion } from '#contracts/assessment/matrix.js';
import { domain, levels } from './cells.js';
import * as cells from './unofficial-cells.js';

/** The supplement Ouderschap, filled in beside a version of the matrix for clients who raise children (domain.md §4). */
export const parenthood: MatrixVersion = {
  code: 'parenthood',
  kind: 'supplement',
  name: { nl: 'Aanvulling Ouderschap', en: 'Supplement Parenthood' },
  texts: 'unofficial',
  levels,
  domains: [
    domain('child-physical-care', 'Lichamelijke verzorging', 'Physical care', cells.childCare),
    domain('child-support', 'Sociaal-emotionele ondersteuning', 'Social and emotional support', cells.childSupport),
    domain('child-schooling', 'Scholing', 'Schooling', cells.schooling),
    domain('child-minding', 'Opvang', 'Child care', cells.minding),
  ],
};
