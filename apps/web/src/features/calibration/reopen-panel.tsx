import { Paragraph } from '@amsterdam/design-system-react';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';

import { calibrationReopenReasonLabels } from '#contracts/assessment/code-labels.js';
import { calibrationReopenReasons } from '#contracts/assessment/codes.js';

import { calibrationKeys, reopenCalibration, type Calibration } from '../../api/calibration.js';
import { FormBody, SelectField } from '../../ui/fields.js';
import { inLanguage } from '../../ui/problem-text.js';
import { SidePanel } from '../../ui/side-panel.js';
import { oneOf } from '../../ui/use-filters.js';
import { useForm } from '../../ui/use-form.js';

/** Opens a closed session again, with the reason; what was scored blind stays what counts. */
export function ReopenPanel({ session, onClose }: { session: Calibration; onClose: () => void }) {
  const { t } = useTranslation('calibration');
  const queries = useQueryClient();
  const form = useForm({ initial: { reason: '' }, required: ['reason'] });
  const refresh = (): Promise<void> => queries.invalidateQueries({ queryKey: calibrationKeys.all });
  return (
    <SidePanel title={t('session.reopen')} placement="center" onClose={onClose}>
      <Paragraph>{t('session.reopenIntro')}</Paragraph>
      <FormBody
        form={form}
        submitLabel={t('session.reopen')}
        onSubmit={async (values) => {
          await reopenCalibration(session, oneOf(calibrationReopenReasons, values.reason) ?? 'other');
          await refresh();
        }}
        onDone={onClose}
        onCancel={onClose}
        onReload={() => void refresh().then(onClose)}
      >
        <SelectField
          form={form}
          name="reason"
          label={t('session.reason')}
          options={calibrationReopenReasons.map((reason) => ({
            value: reason,
            label: inLanguage(calibrationReopenReasonLabels[reason]),
          }))}
        />
      </FormBody>
    </SidePanel>
  );
}
