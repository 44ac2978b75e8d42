import type { FindingTold } from '#contracts/assessment/facts.js';
import type { ProgressFinding } from '#contracts/assessment/progress.js';
import type { DueSettings } from '#contracts/assessment/due.js';
import { addDays, type CivilDate } from '#calendar/civil-date.js';
import type { Standing } from './standing.js';

/** Which findings were told of, newest last: by the ZRM that gave them, the rule and the domain. */
export type FindingsTold = readonly string[];

/** Findings that are remembered; older ones are of ZRMs that are the latest no more. */
const MOST_REMEMBERED = 200;

/**
 * What there is to tell of a standing that was not told before: a correction can make a finding come, go and come again, and
 * it is told once (docs/decisions/0023-zrm-progress.md).
 */
export function untold(
  { latest, findings }: Pick<Standing, 'latest' | 'findings'>,
  told: FindingsTold,
): { readonly findings: FindingTold[]; readonly told: FindingsTold } {
  if (latest === undefined) return { findings: [], told };
  const known = new Set(told);
  const all = findings.map((finding) => {
    const codes = codesOf(finding);
    return { codes, key: [latest.measurementId, codes.kind, codes.ruleId ?? '', codes.domain ?? ''].join('|') };
  });
  const fresh = all.filter(({ key }) => !known.has(key));
  return {
    findings: fresh.map(({ codes }) => codes),
    told: [...told, ...fresh.map(({ key }) => key)].slice(-MOST_REMEMBERED),
  };
}

/**
 * Whether what a ZRM from a file gives reason to discuss is news (docs/decisions/0033): it is the client's latest, and no
 * older than the last reminder of a late ZRM would be. What was found long ago stands on the lists, and is told to nobody.
 */
export function isNews(
  { measurementId, date }: { readonly measurementId: string; readonly date: CivilDate },
  { latest }: Pick<Standing, 'latest'>,
  { ladder }: Pick<DueSettings, 'ladder'>,
  today: CivilDate,
): boolean {
  const term = Math.max(0, ...ladder.map(({ days }) => days));
  return latest?.measurementId === measurementId && date >= addDays(today, -term);
}

function codesOf(finding: ProgressFinding): FindingTold {
  switch (finding.kind) {
    case 'drop':
      return { kind: finding.kind, ruleId: finding.ruleId, domain: finding.domain };
    case 'target-reached':
      return { kind: finding.kind, domain: finding.domain };
    case 'stagnation': {
      // A rule per domain gives a finding per domain; a rule for the client names all that still have a way to go.
      const [only, ...others] = finding.domains;
      const domain = only !== undefined && others.length === 0 ? { domain: only.domain } : {};
      return { kind: finding.kind, ruleId: finding.ruleId, ...domain };
    }
  }
}
