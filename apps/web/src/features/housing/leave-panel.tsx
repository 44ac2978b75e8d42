import { Paragraph } from '@amsterdam/design-system-react';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';

import { cancellationReasonLabels, correctionReasonLabels, leaveReasonLabels } from '#contracts/code-labels.js';

import type { ClientFile } from '../../api/clients.js';
import { housingQuery, type Housing } from '../../api/housing.js';
import { today } from '../../ui/dates.js';
import { DateField, FormBody, SelectField } from '../../ui/fields.js';
import { SidePanel } from '../../ui/side-panel.js';
import { useForm } from '../../ui/use-form.js';
import { optionsOf } from './housing-fields.js';
import { leaveCommandOf, type LeaveTask, leaveValues, requiredInLeave } from './leave-command.js';
import { LeaveLine } from './stay-card.js';
import { useHousingChange } from './use-housing-change.js';

interface LeavePanelProps {
  client: ClientFile;
  housing: Housing;
  task: LeaveTask;
  onClose: () => void;
}

/** Mends one leave that was entered wrongly, or takes it away; how it stood before stays readable. */
export function LeavePanel({ client, housing, task, onClose }: LeavePanelProps) {
  const { t } = useTranslation('housing');
  const queries = useQueryClient();
  const { change } = useHousingChange();
  const form = useForm({ initial: leaveValues(task), required: requiredInLeave(task) });
  return (
    <SidePanel title={t(`leaveTask.title.${task.kind}`)} onClose={onClose}>
      <Paragraph>{t(`leaveTask.intro.${task.kind}`)}</Paragraph>
      <p>
        <strong>{client.name}</strong>
        <br />
        <LeaveLine leave={task.leave} />
      </p>
      <FormBody
        form={form}
        submitLabel={t(`leaveTask.title.${task.kind}`)}
        onSubmit={(values) =>
          change(
            client.clientId,
            leaveCommandOf(task, values),
            { version: housing.version, idempotencyKey: form.idempotencyKey() },
            t(`leaveTask.done.${task.kind}`),
          )
        }
        onDone={onClose}
        onCancel={onClose}
        onReload={() => void queries.invalidateQueries({ queryKey: housingQuery(client.clientId).queryKey })}
      >
        {task.kind === 'cancellation' ? null : (
          <>
            <DateField form={form} name="leaves[0].from" label={t('field.leaveFrom')} />
            <DateField
              form={form}
              name="leaves[0].until"
              label={t('field.leaveUntil')}
              hint={t('field.leaveUntilHint')}
              max={today()}
              optional
            />
            <DateField form={form} name="leaves[0].expectedUntil" label={t('field.expectedUntil')} optional />
            <SelectField
              form={form}
              name="leaves[0].reason"
              label={t('field.leaveReason')}
              options={optionsOf(leaveReasonLabels)}
            />
          </>
        )}
        <SelectField
          form={form}
          name="reason"
          label={t(`leaveTask.why.${task.kind}`)}
          options={optionsOf(task.kind === 'correction' ? correctionReasonLabels : cancellationReasonLabels)}
        />
      </FormBody>
    </SidePanel>
  );
}
