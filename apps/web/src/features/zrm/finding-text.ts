import type { TFunction } from 'i18next';

import type { ProgressFinding, ProgressRule } from '../../api/zrm.js';
import { formatDate } from '../../ui/dates.js';
import type { NameOf } from './domain-names.js';

type T = TFunction<'zrm'>;

/** What the latest ZRM gives reason to discuss, as a sentence with its facts (decision 23). */
export function findingText(t: T, finding: ProgressFinding, nameOf: NameOf): string {
  const since = formatDate(finding.since);
  switch (finding.kind) {
    case 'drop': {
      const { from, to, domain } = finding;
      return t('finding.drop', { domain: nameOf(domain), from, to, since, before: formatDate(finding.before) });
    }
    case 'stagnation': {
      const domains = finding.domains.map(({ domain, level }) => `${nameOf(domain)} (${level})`).join(', ');
      const text = t('finding.stagnation', { zrms: finding.zrms, since });
      return domains === '' ? text : `${text} ${t('finding.stillToGo', { domains })}`;
    }
    case 'target-reached': {
      const { from, to, target, domain } = finding;
      return t('finding.targetReached', { domain: nameOf(domain), from, to, target, since });
    }
  }
}

/** The rule of the region that made it a finding; undefined for what needs no rule. */
export function ruleText(
  t: T,
  finding: ProgressFinding,
  rules: readonly ProgressRule[],
  nameOf: NameOf,
): string | undefined {
  if (finding.kind === 'target-reached') return t('rule.targetReached');
  const rule = rules.find(({ ruleId }) => ruleId === finding.ruleId);
  if (rule === undefined) return undefined;
  const named = rule.domains?.map(({ domain, matrixVersion }) => nameOf(domain, matrixVersion)).join(', ');
  const domains = named ?? t('rule.everyDomain');
  if (rule.kind === 'drop') return t('rule.drop', { count: rule.levels, domains });
  return t(rule.scope === 'client' ? 'rule.stagnationOfClient' : 'rule.stagnationOfDomain', {
    zrms: rule.zrms,
    domains,
  });
}
