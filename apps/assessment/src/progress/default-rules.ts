import type { ProgressRule } from '#contracts/assessment/progress.js';

const in2017 = (domain: string) => ({ matrixVersion: '2017', domain });

/** The rules of a region that set none of its own: the examples of domain.md §4. */
export const defaultProgressRules: readonly ProgressRule[] = [
  { ruleId: 'no-movement', kind: 'stagnation', scope: 'client', zrms: 2 },
  {
    ruleId: 'drop-of-one',
    kind: 'drop',
    levels: 1,
    domains: ['housing', 'mental-health', 'substance-use', 'justice'].map(in2017),
  },
];
