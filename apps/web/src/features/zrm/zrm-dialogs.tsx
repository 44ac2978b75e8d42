import { Button, Paragraph } from '@amsterdam/design-system-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { measurementQuestionLabels } from '#contracts/assessment/code-labels.js';

import { newIdempotencyKey } from '../../api/http.js';
import { startZrm, type MeasurementDoubt, type Zrm, type ZrmBody } from '../../api/zrm.js';
import { formatDate, formatInstant } from '../../ui/dates.js';
import { inLanguage } from '../../ui/problem-text.js';
import { SidePanel } from '../../ui/side-panel.js';
import { Failure } from '../../ui/states.js';
import { Differences } from './differences.js';
import type { NameOf } from './domain-names.js';

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
  /** Two people correct it, instead of filling in. */
  correcting: boolean;
  nameOf: NameOf;
  onOurs: () => void;
  onTheirs: () => void;
}

/** Somebody else saved it meanwhile. Neither is lost; the person chooses with which one to go on. */
export function Elsewhere({ ours, theirs, correcting, nameOf, onOurs, onTheirs }: ElsewhereProps) {
  const { t } = useTranslation('zrm');
  const by = correcting ? (theirs.correction?.changedBy ?? theirs.recordedBy) : theirs.recordedBy;
  const at = correcting ? (theirs.correction?.changedAt ?? theirs.recordedAt) : theirs.recordedAt;
  const name = theirs.names.people[by] ?? t('someone');
  const what = correcting ? 'corrected' : theirs.state === 'draft' ? 'saved' : 'submitted';
  const mayGoOn = what !== 'submitted';
  return (
    <SidePanel title={t('elsewhere.title')} placement="center" onClose={onTheirs}>
      <Paragraph>{t(`elsewhere.${what}`, { name, when: formatInstant(at) })}</Paragraph>
      <Paragraph>{t(correcting ? 'elsewhere.stillHere' : 'elsewhere.kept')}</Paragraph>
      <Differences ours={ours} theirs={theirs.content} nameOf={nameOf} line="elsewhere.difference" />
      <div className="d-actions">
        {mayGoOn ? (
          <Button type="button" onClick={onOurs}>
            {t('elsewhere.ours')}
          </Button>
        ) : null}
        <Button type="button" variant={mayGoOn ? 'secondary' : 'primary'} onClick={onTheirs}>
          {t(mayGoOn ? 'elsewhere.theirs' : 'elsewhere.look', { name })}
        </Button>
      </div>
    </SidePanel>
  );
}

interface GoneProps {
  clientId: string;
  content: ZrmBody;
  onSaved: (measurementId: string) => Promise<void>;
  onClose: () => void;
}

/** Somebody else threw the draft away meanwhile. What stands here is on this page only, and can become a new draft. */
export function Gone({ clientId, content, onSaved, onClose }: GoneProps) {
  const { t } = useTranslation('zrm');
  const [key] = useState(newIdempotencyKey);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<unknown>();
  const save = async (): Promise<void> => {
    setBusy(true);
    try {
      const { measurementId } = await startZrm(clientId, content, key);
      await onSaved(measurementId);
    } catch (error) {
      setFailure(error);
      setBusy(false);
    }
  };
  return (
    <SidePanel title={t('gone.title')} placement="center" onClose={onClose}>
      <Paragraph>{t('gone.body')}</Paragraph>
      {failure === undefined ? null : <Failure error={failure} />}
      <div className="d-actions">
        <Button type="button" disabled={busy} onClick={() => void save()}>
          {t('gone.save')}
        </Button>
        <Button type="button" variant="secondary" onClick={onClose}>
          {t('gone.later')}
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
