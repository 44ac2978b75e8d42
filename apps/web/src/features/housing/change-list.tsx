import { Button } from '@amsterdam/design-system-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import {
  cancellationReasonLabels,
  changeChannelLabels,
  correctionReasonLabels,
  housingChangeKindLabels,
} from '#contracts/code-labels.js';
import type { CancellationReason, CorrectionReason } from '#contracts/codes.js';

import { undoHousingChange, type HousingChange, type PastStay } from '../../api/housing.js';
import { formatDate, formatInstant } from '../../ui/dates.js';
import { inLanguage } from '../../ui/problem-text.js';
import { Failure } from '../../ui/states.js';
import { placeText } from './place-text.js';
import { EndLine, LeaveLine, Period } from './stay-card.js';
import { useHousingChange } from './use-housing-change.js';

interface ChangeListProps {
  clientId: string;
  changes: HousingChange[];
  mayChange: boolean;
}

/** Everything that was ever recorded, newest first: what was corrected or cancelled stays readable (domain.md §3). */
export function ChangeList({ clientId, changes, mayChange }: ChangeListProps) {
  const { t } = useTranslation('housing');
  const { refresh } = useHousingChange();
  const [failure, setFailure] = useState<unknown>();
  if (changes.length === 0) return null;
  const undo = async (changeId: string): Promise<void> => {
    setFailure(undefined);
    try {
      await undoHousingChange(clientId, changeId);
      await refresh();
    } catch (error) {
      setFailure(error);
    }
  };
  return (
    <details className="d-card d-history">
      <summary>{t('changes.show', { count: changes.length })}</summary>
      <p className="d-muted">{t('changes.intro')}</p>
      {failure === undefined ? null : <Failure error={failure} headingLevel={3} />}
      <ol className="d-history__list">
        {changes.map((change) => (
          <Change key={change.changeId} change={change} onUndo={mayChange && change.canUndo ? undo : undefined} />
        ))}
      </ol>
    </details>
  );
}

interface ChangeProps {
  change: HousingChange;
  onUndo: ((changeId: string) => Promise<void>) | undefined;
}

function Change({ change, onUndo }: ChangeProps) {
  const { t } = useTranslation('housing');
  const undone = change.undoneBy !== undefined;
  const reason = reasonText(change);
  return (
    <li className={undone ? 'd-history__item d-history__item--undone' : 'd-history__item'}>
      <p>
        <strong>{inLanguage(housingChangeKindLabels[change.kind])}</strong>
        {' · '}
        {t('changes.effective', { date: formatDate(change.effectiveOn) })}{' '}
        {undone ? <span className="d-tag">{t('changes.undone')}</span> : null}
      </p>
      <p className="d-small d-muted">
        {t('changes.line', {
          who: change.recordedByName ?? t('changes.someone'),
          when: formatInstant(change.recordedAt),
          channel: inLanguage(changeChannelLabels[change.channel]),
        })}
      </p>
      {reason === undefined ? null : <p className="d-small">{t('changes.reason', { reason })}</p>}
      <details>
        <summary className="d-small">{t('changes.details')}</summary>
        <dl className="d-history__diff">
          <dt>{t('changes.before')}</dt>
          <dd>
            <Stays stays={change.before} />
          </dd>
          <dt>{t('changes.after')}</dt>
          <dd>
            <Stays stays={change.after} />
          </dd>
        </dl>
      </details>
      {onUndo === undefined ? null : (
        <Button type="button" variant="tertiary" onClick={() => void onUndo(change.changeId)}>
          {t('changes.undo')}
        </Button>
      )}
    </li>
  );
}

/** The codes in a fact are open texts; only the ones that are known here have a name. */
function reasonText({ reasons }: HousingChange): string | undefined {
  const { correction, cancellation } = reasons;
  if (correction !== undefined && correction in correctionReasonLabels) {
    return inLanguage(correctionReasonLabels[correction as CorrectionReason]).toLowerCase();
  }
  if (cancellation !== undefined && cancellation in cancellationReasonLabels) {
    return inLanguage(cancellationReasonLabels[cancellation as CancellationReason]).toLowerCase();
  }
  return undefined;
}

function Stays({ stays }: { stays: PastStay[] }) {
  const { t } = useTranslation('housing');
  if (stays.length === 0) return <span className="d-muted">{t('changes.nothing')}</span>;
  return (
    <ul>
      {stays.map((stay) => (
        <li key={stay.stayId}>
          {stay.place === undefined ? t('unknownPlace') : placeText(stay.place)}
          {stay.reserved ? ` (${t('planned').toLowerCase()})` : ''}: <Period from={stay.from} until={stay.until} />
          {stay.end === undefined ? null : (
            <p className="d-small">
              <EndLine stay={stay} />
            </p>
          )}
          {stay.leaves.map((leave) => (
            <p key={leave.leaveId} className="d-small">
              <LeaveLine leave={leave} />
            </p>
          ))}
          {stay.moreLeaves === true ? <p className="d-small d-muted">{t('changes.moreLeaves')}</p> : null}
        </li>
      ))}
    </ul>
  );
}
