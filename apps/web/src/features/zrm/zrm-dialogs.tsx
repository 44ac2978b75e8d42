import { Button, Paragraph } from '@amsterdam/design-system-react';
import { useTranslation } from 'react-i18next';

import { measurementQuestionLabels } from '#contracts/assessment/code-labels.js';
import type { ZrmScore } from '#contracts/assessment/codes.js';

import type { MeasurementDoubt, ZrmBody, Zrm } from '../../api/zrm.js';
import { formatDate, formatInstant } from '../../ui/dates.js';
import { inLanguage } from '../../ui/problem-text.js';
import { SidePanel } from '../../ui/side-panel.js';
import type { NameOf } from './domain-names.js';
import { differences } from './zrm-values.js';

interface DoubtsProps {
  doubts: readonly MeasurementDoubt[];
  nameOf: NameOf;
  busy: boolean;
  onYes: () => void;
  onNo: () => void;
}

/** What is possible but unusual: asked before anything is stored. */
export function Doubts({ doubts, nameOf, busy, onYes, onNo }: DoubtsProps) {
  const { t } = useTranslation('zrm');
  return (
    <SidePanel title={t('doubts.title')} placement="center" onClose={onNo}>
      {doubts.map((doubt) => (
        <div key={doubt.question}>
          <Paragraph>{inLanguage(measurementQuestionLabels[doubt.question])}</Paragraph>
          {doubt.question === 'baseline-again' ? (
            <Paragraph className="d-muted">{t('doubts.since', { date: formatDate(doubt.since) })}</Paragraph>
          ) : (
            <ul>
              {doubt.domains.map(({ domain, baseline, target }) => (
                <li key={domain}>{t('doubts.lowered', { domain: nameOf(domain), baseline, target })}</li>
              ))}
            </ul>
          )}
        </div>
      ))}
      <div className="d-actions">
        <Button type="button" disabled={busy} onClick={onYes}>
          {t('doubts.yes')}
        </Button>
        <Button type="button" variant="secondary" onClick={onNo}>
          {t('doubts.no')}
        </Button>
      </div>
    </SidePanel>
  );
}

interface ElsewhereProps {
  ours: ZrmBody;
  theirs: Zrm;
  nameOf: NameOf;
  onOurs: () => void;
  onTheirs: () => void;
}

/** Somebody else saved it meanwhile. Both are kept; the person chooses with which one to go on. */
export function Elsewhere({ ours, theirs, nameOf, onOurs, onTheirs }: ElsewhereProps) {
  const { t } = useTranslation('zrm');
  const { domains, rest } = differences(ours, theirs.content);
  const name = theirs.names.people[theirs.recordedBy] ?? t('someone');
  const when = formatInstant(theirs.recordedAt);
  const isDraft = theirs.state === 'draft';
  const scoreText = (scores: readonly { domain: string; score?: ZrmScore | undefined }[], domain: string): string => {
    const score = scores.find((one) => one.domain === domain)?.score;
    return score === undefined ? t('notThere') : score === 'not-assessed' ? t('notAssessed') : String(score);
  };
  return (
    <SidePanel title={t('elsewhere.title')} placement="center" onClose={onTheirs}>
      <Paragraph>{t(isDraft ? 'elsewhere.saved' : 'elsewhere.submitted', { name, when })}</Paragraph>
      <Paragraph>{t('elsewhere.kept')}</Paragraph>
      {domains.length === 0 ? null : (
        <ul className="d-list">
          {domains.map((domain) => (
            <li key={domain}>
              {t('elsewhere.difference', {
                domain: nameOf(domain),
                ours: scoreText(ours.scores, domain),
                theirs: scoreText(theirs.content.scores, domain),
              })}
            </li>
          ))}
        </ul>
      )}
      {rest ? <Paragraph>{t('elsewhere.rest')}</Paragraph> : null}
      <div className="d-actions">
        {isDraft ? (
          <Button type="button" onClick={onOurs}>
            {t('elsewhere.ours')}
          </Button>
        ) : null}
        <Button type="button" variant={isDraft ? 'secondary' : 'primary'} onClick={onTheirs}>
          {t(isDraft ? 'elsewhere.theirs' : 'elsewhere.look', { name })}
        </Button>
      </div>
    </SidePanel>
  );
}

interface LeavingProps {
  onStay: () => void;
  onLeave: () => void;
}

/** Only when saving did not succeed: what stands here would be gone. */
export function Leaving({ onStay, onLeave }: LeavingProps) {
  const { t } = useTranslation('zrm');
  return (
    <SidePanel title={t('leaving.title')} placement="center" onClose={onStay}>
      <Paragraph>{t('leaving.body')}</Paragraph>
      <div className="d-actions">
        <Button type="button" onClick={onStay}>
          {t('leaving.stay')}
        </Button>
        <Button type="button" variant="secondary" onClick={onLeave}>
          {t('leaving.leave')}
        </Button>
      </div>
    </SidePanel>
  );
}
