import { Paragraph } from '@amsterdam/design-system-react';
import { useTranslation } from 'react-i18next';

import { cancellationReasonLabels } from '#contracts/code-labels.js';
import { cancellationReasons } from '#contracts/codes.js';

import { newIdempotencyKey } from '../../api/http.js';
import { changeHousing } from '../../api/housing.js';
import type { Bar, BoardPlace } from '../../api/places.js';
import { today } from '../../ui/dates.js';
import { FormBody, SelectField } from '../../ui/fields.js';
import { inLanguage } from '../../ui/problem-text.js';
import { SidePanel } from '../../ui/side-panel.js';
import { useUndo } from '../../ui/undo.js';
import { oneOf } from '../../ui/use-filters.js';
import { useForm } from '../../ui/use-form.js';
import { useHousingChange } from '../housing/use-housing-change.js';
import { periodText } from './bar-button.js';

interface OutsidePanelProps {
  bar: Bar;
  /** For whom it is; there is nothing else to see of them. */
  clientId: string;
  place: BoardPlace;
  mayChange: boolean;
  onClose: () => void;
}

/** A reservation for somebody with whom one has nothing to do (yet): it can be taken back, and no more (decision 11). */
export function OutsidePanel({ bar, clientId, place, mayChange, onClose }: OutsidePanelProps) {
  const { t } = useTranslation(['places', 'housing']);
  const { refresh } = useHousingChange();
  const offerUndo = useUndo();
  const form = useForm({ initial: { reason: '' }, required: ['reason'] });
  const cancel = async (reason: string): Promise<void> => {
    const target = { of: 'stay', stayId: bar.stayId } as const;
    const command = { kind: 'cancellation', target, reason: oneOf(cancellationReasons, reason) ?? 'other' } as const;
    await changeHousing(clientId, command, { idempotencyKey: form.idempotencyKey() });
    // Who may not see the client cannot undo a change of theirs, but can reserve the place anew, unless its day has passed.
    if (bar.from >= today()) {
      const { from, until } = bar;
      const again = {
        kind: 'reservation',
        placeId: place.placeId,
        from,
        ...(until === undefined ? {} : { until }),
      } as const;
      const idempotencyKey = newIdempotencyKey();
      offerUndo({
        text: t('outside.done', { place: place.label }),
        undo: async () => {
          await changeHousing(clientId, again, { idempotencyKey });
          await refresh();
        },
      });
    }
    await refresh();
  };
  return (
    <SidePanel title={t('board.fromOutside')} onClose={onClose}>
      <p>
        <strong>{place.label}</strong>
        <br />
        {periodText(bar, t('board.runsOn'))}
      </p>
      <Paragraph>{t('outside.intro')}</Paragraph>
      {!mayChange ? null : (
        <FormBody
          form={form}
          submitLabel={t('housing:action.cancelReservation')}
          onSubmit={({ reason }) => cancel(reason)}
          onDone={onClose}
          onCancel={onClose}
        >
          <SelectField
            form={form}
            name="reason"
            label={t('outside.reason')}
            options={cancellationReasons.map((value) => ({
              value,
              label: inLanguage(cancellationReasonLabels[value]),
            }))}
          />
        </FormBody>
      )}
    </SidePanel>
  );
}
