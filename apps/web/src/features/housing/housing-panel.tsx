import { Paragraph } from '@amsterdam/design-system-react';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';

import type { ClientFile } from '../../api/clients.js';
import { housingQuery, type Housing, type HousingKind, type Stay } from '../../api/housing.js';
import { addDays, today } from '../../ui/dates.js';
import { FormBody } from '../../ui/fields.js';
import { SidePanel } from '../../ui/side-panel.js';
import { useForm } from '../../ui/use-form.js';
import { commandOf, requiredFields, type HousingFormValues } from './housing-command.js';
import { HousingFields } from './housing-fields.js';
import { placeText } from './place-text.js';
import { useHousingChange } from './use-housing-change.js';

/** What the person wants to record, about which stay, confirming which reservation. */
export interface HousingTask {
  kind: HousingKind;
  stay?: Stay;
  reservation?: Stay;
  /** Place that was chosen already. */
  placeId?: string;
}

interface HousingPanelProps {
  client: ClientFile;
  housing: Housing;
  task: HousingTask;
  onClose: () => void;
}

/** First values: today for what happens now, tomorrow for a plan, what stands for a correction. */
function firstValues({ kind, stay, reservation, placeId }: HousingTask): HousingFormValues {
  const day = kind === 'reservation' ? addDays(today(), 1) : today();
  // A reservation is confirmed for its own day, or for today when the client comes earlier.
  const arrived = reservation !== undefined && reservation.from < day ? reservation.from : day;
  const from = kind === 'correction' ? (stay?.from ?? '') : arrived;
  return {
    from,
    date: arrived,
    until: kind === 'correction' ? (stay?.until ?? '') : '',
    expectedUntil: '',
    placeId: placeId ?? reservation?.placeId ?? '',
    reason: '',
    destination: '',
  };
}

/** One change of the housing situation, with the errors of the rules at their fields. */
export function HousingPanel({ client, housing, task, onClose }: HousingPanelProps) {
  const { t } = useTranslation(['housing', 'common']);
  const queries = useQueryClient();
  const { change } = useHousingChange();
  const form = useForm({ initial: firstValues(task), required: requiredFields(task) });
  const { stay } = task;
  const isHere = stay?.state === 'present' || stay?.state === 'on-leave';
  return (
    <SidePanel title={t(`title.${task.kind}`)} onClose={onClose}>
      <Paragraph>{t(`intro.${task.kind}`)}</Paragraph>
      <p>
        <strong>{client.name}</strong>
        {stay?.place === undefined ? null : (
          <>
            <br />
            {t(isHere ? 'field.placeNow' : 'field.place')}: {placeText(stay.place)}
          </>
        )}
      </p>
      <FormBody
        form={form}
        submitLabel={task.reservation === undefined ? t(`title.${task.kind}`) : t('action.confirm')}
        onSubmit={(values) =>
          change(client.clientId, commandOf(task, values), {
            version: housing.version,
            idempotencyKey: form.idempotencyKey(),
          })
        }
        onDone={onClose}
        onCancel={onClose}
        onReload={() => void queries.invalidateQueries({ queryKey: housingQuery(client.clientId).queryKey })}
      >
        <HousingFields form={form} task={task} client={client} />
      </FormBody>
    </SidePanel>
  );
}
