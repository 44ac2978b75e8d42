import type { DomainReference, ProgressRule } from '#contracts/assessment/progress.js';
import type { ProgressRuleInput } from '#contracts/assessment/progress-settings.js';
import { type FieldProblem, fieldProblem, Refusal } from '#contracts/refusal.js';
import type { VersionMapping } from '../matrix/mapping.js';
import { domainIn } from '../matrix/matrix-version.js';

/**
 * The rules of a region as they are stored.
 * @throws Refusal by field: `zrm-rule-twice`, `zrm-version-unknown`, `zrm-domain-unknown`
 */
export function readRules(given: readonly ProgressRuleInput[], matrix: VersionMapping): ProgressRule[] {
  const problems: FieldProblem[] = [];
  const seen = new Set<string>();
  for (const [index, { ruleId, domains = [] }] of given.entries()) {
    const path = `rules[${index}]`;
    if (seen.has(ruleId)) problems.push(fieldProblem(`${path}.ruleId`, 'zrm-rule-twice', { rule: ruleId }));
    seen.add(ruleId);
    for (const [position, domain] of domains.entries()) {
      problems.push(...domainProblems(`${path}.domains[${position}]`, domain, matrix));
    }
  }
  if (problems.length > 0) throw Refusal.ofFields(problems);
  return given.flatMap((rule) => ruleOf(rule) ?? []);
}

function domainProblems(path: string, { matrixVersion, domain }: DomainReference, matrix: VersionMapping) {
  const version = matrix.version(matrixVersion);
  if (version === undefined) {
    const allowed = [...matrix.codes('core'), ...matrix.codes('supplement')].join(', ');
    return [fieldProblem(`${path}.matrixVersion`, 'zrm-version-unknown', { allowed })];
  }
  if (domainIn(version, domain) !== undefined) return [];
  return [fieldProblem(`${path}.domain`, 'zrm-domain-unknown', { version: matrixVersion })];
}

/** Which fields a kind has was checked at the door (fieldsByKind). */
function ruleOf({ ruleId, kind, scope, zrms, levels, domains }: ProgressRuleInput): ProgressRule | undefined {
  const named =
    domains === undefined ? {} : { domains: domains.map(({ matrixVersion, domain }) => ({ matrixVersion, domain })) };
  if (kind === 'drop') return levels === undefined ? undefined : { ruleId, kind, levels, ...named };
  return scope === undefined || zrms === undefined ? undefined : { ruleId, kind, scope, zrms, ...named };
}
