import { Button } from '@amsterdam/design-system-react';
import { useTranslation } from 'react-i18next';

import type { Melding } from '../../api/meldingen.js';

export interface MeldingActions {
  acknowledge: (melding: Melding) => void;
  snooze: (melding: Melding) => void;
  handOver: (melding: Melding) => void;
  toggleRead: (melding: Melding) => void;
  reopen: (melding: Melding) => void;
  opened: (melding: Melding) => void;
}

interface MeldingButtonsProps {
  melding: Melding;
  name: string;
  /** What was done with it just now, to be undone. */
  done: string | undefined;
  actions: MeldingActions;
}

/** What can be done with a melding, on its line and in its detail. */
export function MeldingButtons({ melding, name, done, actions }: MeldingButtonsProps) {
  const { t } = useTranslation(['meldingen', 'common']);
  if (done !== undefined) {
    return (
      <div key="done" className="d-melding__actions">
        <span>{done}</span>
        <Button type="button" variant="secondary" onClick={() => actions.reopen(melding)}>
          {t('common:action.undo')}
        </Button>
      </div>
    );
  }
  if (melding.status === 'handed-over' || melding.status === 'returned') return null;
  if (melding.status !== 'open') {
    return (
      <div className="d-melding__actions">
        <Button type="button" variant="secondary" onClick={() => actions.reopen(melding)}>
          {melding.status === 'picked-up' ? t('action.reopenForMe') : t('action.reopen')}
        </Button>
      </div>
    );
  }
  return (
    <div key="open" className="d-melding__actions">
      <Button
        type="button"
        aria-label={t('action.acknowledgeOf', { name })}
        onClick={() => actions.acknowledge(melding)}
      >
        {t('action.acknowledge')}
      </Button>
      <Button
        type="button"
        variant="tertiary"
        aria-label={t('action.snoozeOf', { name })}
        onClick={() => actions.snooze(melding)}
      >
        {t('action.snooze')}
      </Button>
      <Button
        type="button"
        variant="tertiary"
        aria-label={t('action.handOverOf', { name })}
        onClick={() => actions.handOver(melding)}
      >
        {t('action.handOver')}
      </Button>
      <Button type="button" variant="tertiary" onClick={() => actions.toggleRead(melding)}>
        {melding.read ? t('action.unread') : t('action.read')}
      </Button>
    </div>
  );
}
