import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';

import { progressFindingKindLabels } from '#contracts/assessment/code-labels.js';

import { zrmRulesQuery, type ProgressFinding } from '../../api/zrm.js';
import { inLanguage } from '../../ui/problem-text.js';
import type { NameOf } from './domain-names.js';
import { findingText, ruleText } from './finding-text.js';

/** What there is to discuss after the latest ZRM, each with its facts and the rule that put it here. */
export function Findings({ findings, nameOf }: { findings: readonly ProgressFinding[]; nameOf: NameOf }) {
  const { t } = useTranslation('zrm');
  const rules = useQuery(zrmRulesQuery).data?.rules ?? [];
  if (findings.length === 0) return null;
  return (
    <ul className="d-stack" aria-label={t('finding.list')}>
      {findings.map((finding) => {
        const why = ruleText(t, finding, rules, nameOf);
        const key = `${finding.kind}${finding.kind === 'stagnation' ? finding.ruleId : finding.domain}`;
        return (
          <li key={key} className={finding.kind === 'target-reached' ? 'd-note' : 'd-note d-note--warning'}>
            <p>
              <strong>{inLanguage(progressFindingKindLabels[finding.kind])}.</strong> {findingText(t, finding, nameOf)}
            </p>
            {why === undefined ? null : <p className="d-small">{why}</p>}
          </li>
        );
      })}
    </ul>
  );
}
