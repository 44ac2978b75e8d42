import { Button } from '@amsterdam/design-system-react';
import { useTranslation } from 'react-i18next';

import {
  departureDestinationLabels,
  departureReasonLabels,
  leaveReasonLabels,
  stayStateLabels,
  zwaarteMatchLabels,
} from '#contracts/code-labels.js';

import type { LeaveView, PastStay, Stay } from '../../api/housing.js';
import { daysBetween, formatDate, formatShortDate, today } from '../../ui/dates.js';
import { inLanguage } from '../../ui/problem-text.js';
import { ZwaarteLabel } from '../../ui/zwaarte.js';
import type { HousingTask } from './housing-panel.js';
import type { LeaveTask } from './leave-command.js';
import { placeText } from './place-text.js';

interface StayCardProps {
  stay: Stay;
  /** Absent when the person may not change anything. */
  onTask: ((task: HousingTask) => void) | undefined;
  /** The same, for one leave. */
  onLeaveTask: ((task: LeaveTask) => void) | undefined;
}

/** One stay on the line of time. The state is told by a word, by the shape of the marker and by its colour. */
export function StayCard({ stay, onTask, onLeaveTask }: StayCardProps) {
  const { t } = useTranslation('housing');
  const place = stay.place === undefined ? t('unknownPlace') : placeText(stay.place);
  const when = stay.reserved ? 'planned' : stay.state === 'ended' ? 'past' : 'now';
  const last = stay.until ?? (stay.reserved ? undefined : today());
  const nights = last === undefined ? 0 : daysBetween(stay.from, last);
  return (
    <li className={`d-stay d-stay--${when}`}>
      <div className="d-stay__body">
        <p className="d-stay__head">
          <span className="d-tag">{t(when)}</span>
          <strong>{place}</strong>
          {stay.state === 'on-leave' || stay.state === 'reservation-due' ? (
            <span className="d-tag d-tag--late">{inLanguage(stayStateLabels[stay.state])}</span>
          ) : null}
        </p>
        <p>
          <Period from={stay.from} until={stay.until} />
          {nights > 0 ? <span className="d-muted"> · {t('nights', { count: nights })}</span> : null}
        </p>
        {stay.place === undefined ? null : (
          <p className="d-muted d-small">
            {stay.place.clusterName} · {stay.place.organisationName} · <ZwaarteLabel zwaarte={stay.placeZwaarte} />
          </p>
        )}
        {stay.zwaarteMatch === 'place-too-light' || stay.zwaarteMatch === 'place-too-heavy' ? (
          <p className="d-note">{inLanguage(zwaarteMatchLabels[stay.zwaarteMatch])}</p>
        ) : null}
        {stay.state === 'reservation-due' ? <p className="d-note d-note--warning">{t('reservationDue')}</p> : null}
        {stay.leaves.map((leave) => (
          <div key={leave.leaveId} className="d-stay__leave d-small">
            <p>
              <LeaveLine leave={leave} />
            </p>
            {onLeaveTask === undefined ? null : (
              <LeaveActions leave={leave} onChoose={(kind) => onLeaveTask({ kind, stay, leave })} />
            )}
          </div>
        ))}
        <p className="d-small">
          <EndLine stay={stay} />
        </p>
      </div>
      {onTask === undefined ? null : (
        <div className="d-actions">
          <Button
            type="button"
            variant="tertiary"
            aria-label={t('action.ofStay', { action: t('action.correction'), place })}
            onClick={() => onTask({ kind: 'correction', stay })}
          >
            {t('action.correction')}
          </Button>
          <Button
            type="button"
            variant="tertiary"
            aria-label={t('action.ofStay', {
              action: t(stay.reserved ? 'action.cancelReservation' : 'action.cancelStay'),
              place,
            })}
            onClick={() => onTask({ kind: 'cancellation', stay })}
          >
            {t(stay.reserved ? 'action.cancelReservation' : 'action.cancelStay')}
          </Button>
        </div>
      )}
    </li>
  );
}

interface LeaveActionsProps {
  leave: LeaveView;
  onChoose: (kind: LeaveTask['kind']) => void;
}

/** Which leave it is stands in the name of the buttons, for who does not see the line before them. */
function LeaveActions({ leave, onChoose }: LeaveActionsProps) {
  const { t } = useTranslation('housing');
  const of = (action: string) => t('action.ofLeave', { action, from: formatDate(leave.from) });
  const [mend, cancel] = [t('action.correction'), t('action.cancelStay')];
  return (
    <div className="d-actions">
      <Button type="button" variant="tertiary" aria-label={of(mend)} onClick={() => onChoose('correction')}>
        {mend}
      </Button>
      <Button type="button" variant="tertiary" aria-label={of(cancel)} onClick={() => onChoose('cancellation')}>
        {cancel}
      </Button>
    </div>
  );
}

/** "3 mrt 2026 tot 5 mei 2026", or "vanaf 3 maart 2026" while it goes on. */
export function Period({ from, until }: { from: string; until?: string | undefined }) {
  const { t } = useTranslation('housing');
  return until === undefined
    ? t('fromOn', { from: formatDate(from) })
    : t('fromUntil', { from: formatShortDate(from), until: formatShortDate(until) });
}

/** "Met verlof 3 mrt 2026 tot 5 mrt 2026: op bezoek". */
export function LeaveLine({ leave }: { leave: LeaveView }) {
  const { t } = useTranslation('housing');
  const period =
    leave.until === undefined
      ? t('fromOn', { from: formatShortDate(leave.from) })
      : t('fromUntil', { from: formatShortDate(leave.from), until: formatShortDate(leave.until) });
  const expected =
    leave.until === undefined && leave.expectedUntil !== undefined
      ? `, ${t('leaveExpected', { date: formatShortDate(leave.expectedUntil) })}`
      : '';
  return t('leave', { period, reason: inLanguage(leaveReasonLabels[leave.reason]).toLowerCase() }) + expected;
}

/** How a stay ended, or is planned to end. */
export function EndLine({ stay: { end } }: { stay: PastStay }) {
  const { t } = useTranslation('housing');
  if (end?.kind === 'move') return t('endMove');
  if (end?.kind === 'agreed') return t('endAgreed');
  if (end?.reason === undefined || end.destination === undefined) return null;
  return t('endDeparture', {
    reason: inLanguage(departureReasonLabels[end.reason]).toLowerCase(),
    destination: inLanguage(departureDestinationLabels[end.destination]).toLowerCase(),
  });
}
