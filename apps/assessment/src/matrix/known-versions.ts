import type { MatrixVersion } from '#contracts/assessment/matrix.js';
import type { VersionStep } from './mapping.js';
import { parenthood } from './versions/parenthood.js';
import { zrm2010 } from './versions/zrm-2010.js';
import { zrm2013 } from './versions/zrm-2013.js';
import { zrm2017 } from './versions/zrm-2017.js';

/** The versions that we ship, oldest first; new measurements use the last one of kind `core`. */
export const knownVersions: readonly MatrixVersion[] = [zrm2010, zrm2013, zrm2017, parenthood];

/** How each version of the matrix went over into the next (domain.md §4). */
export const knownSteps: readonly VersionStep[] = [
  {
    older: '2010',
    newer: '2013',
    links: [
      { older: ['income'], newer: ['finances'] },
      { older: ['day-activities'], newer: ['day-activities'] },
      { older: ['housing'], newer: ['housing'] },
      { older: ['family-relations'], newer: ['domestic-relations'] },
      { older: ['mental-health'], newer: ['mental-health'] },
      { older: ['bodily-health'], newer: ['physical-health'] },
      { older: ['addiction'], newer: ['addiction'] },
      { older: ['adl-skills'], newer: ['adl-skills'] },
      { older: ['social-network'], newer: ['social-network'] },
      { older: ['community-participation'], newer: ['community-participation'] },
      { older: ['justice'], newer: ['justice'] },
    ],
  },
  {
    older: '2013',
    newer: '2017',
    links: [
      { older: ['finances'], newer: ['finances'] },
      { older: ['day-activities'], newer: ['work-and-education', 'use-of-time'] },
      { older: ['housing'], newer: ['housing'] },
      { older: ['domestic-relations'], newer: ['domestic-relations'] },
      { older: ['mental-health'], newer: ['mental-health'] },
      { older: ['physical-health'], newer: ['physical-health'] },
      { older: ['addiction'], newer: ['substance-use'] },
      { older: ['adl-skills'], newer: ['basic-adl', 'instrumental-adl'] },
      { older: ['social-network'], newer: ['social-network'] },
      { older: ['community-participation'], newer: ['community-participation'] },
      { older: ['justice'], newer: ['justice'] },
    ],
  },
];
