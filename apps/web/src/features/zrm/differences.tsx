import { useTranslation } from 'react-i18next';

import type { ZrmScore } from '#contracts/assessment/codes.js';

import type { DraftContent, ZrmBody } from '../../api/zrm.js';
import type { NameOf } from './domain-names.js';
import { differences } from './zrm-values.js';

interface DifferencesProps {
  /** What stands in the form. */
  ours: ZrmBody;
  theirs: DraftContent;
  nameOf: NameOf;
  /** The sentence of one domain. */
  line: 'elsewhere.difference' | 'form.copyDifference';
  /** Said when there is none. */
  none?: string;
}

/** Where two contents of one ZRM say something else: the scores in words, the rest as one. */
export function Differences({ ours, theirs, nameOf, line, none }: DifferencesProps) {
  const { t } = useTranslation('zrm');
  const { domains, rest } = differences(ours, theirs);
  const scoreText = (scores: readonly { domain: string; score?: ZrmScore | undefined }[], domain: string): string => {
    const score = scores.find((one) => one.domain === domain)?.score;
    return score === undefined ? t('notThere') : score === 'not-assessed' ? t('notAssessed') : String(score);
  };
  if (domains.length === 0 && !rest) return none === undefined ? null : <p className="d-muted">{none}</p>;
  return (
    <>
      {domains.length === 0 ? null : (
        <ul className="d-list">
          {domains.map((domain) => (
            <li key={domain}>
              {t(line, {
                domain: nameOf(domain),
                ours: scoreText(ours.scores, domain),
                theirs: scoreText(theirs.scores, domain),
              })}
            </li>
          ))}
        </ul>
      )}
      {rest ? <p>{t('elsewhere.rest')}</p> : null}
    </>
  );
}
