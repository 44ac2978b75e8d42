import { Button, Paragraph } from '@amsterdam/design-system-react';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { dropDeadLetter, operationKeys, replayDeadLetter, type DeadLetter } from '../../api/operations.js';
import { formatInstant } from '../../ui/dates.js';
import { FormBody, TextAreaField } from '../../ui/fields.js';
import { SidePanel } from '../../ui/side-panel.js';
import { useForm } from '../../ui/use-form.js';

/** The content as an object; undefined when it is no valid JSON object. */
function parseObject(text: string): object | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** One message that is stuck: why, what is in it, and the two ways out. */
export function DeadLetterPanel({ deadLetter, onClose }: { deadLetter: DeadLetter; onClose: () => void }) {
  const { t } = useTranslation(['operations', 'common']);
  const queries = useQueryClient();
  const original = JSON.stringify(deadLetter.event.data, null, 2);
  const [dropping, setDropping] = useState(false);
  const replay = useForm({ initial: { data: original }, required: ['data'] });
  const drop = useForm({ initial: { reason: '' }, required: ['reason'] });
  const refresh = (): Promise<void> => queries.invalidateQueries({ queryKey: operationKeys.deadLetters });
  const isInvalid = parseObject(replay.values.data) === undefined;
  const isSettled = deadLetter.state === 'replayed' || deadLetter.state === 'dropped';
  return (
    <SidePanel title={t(`dead.states.${deadLetter.state}`)} onClose={onClose}>
      <p>
        <code>{deadLetter.event.type}</code>
      </p>
      <p className="d-note d-note--warning">{deadLetter.error}</p>
      <p className="d-muted d-small">{t('dead.first', { date: formatInstant(deadLetter.firstFailedAt) })}</p>
      {deadLetter.decision === undefined ? null : (
        <p>
          {t('dead.decision', { date: formatInstant(deadLetter.decision.at) })} {deadLetter.decision.reason}
        </p>
      )}
      {isSettled ? (
        <pre className="d-small">{original}</pre>
      ) : dropping ? (
        <FormBody
          form={drop}
          submitLabel={t('dead.drop')}
          onSubmit={async ({ reason }) => {
            await dropDeadLetter(deadLetter, reason);
            await refresh();
          }}
          onDone={onClose}
          onCancel={() => setDropping(false)}
        >
          <Paragraph>{t('dead.dropIntro')}</Paragraph>
          <TextAreaField form={drop} name="reason" label={t('dead.dropReason')} maxLength={500} />
        </FormBody>
      ) : (
        <>
          <FormBody
            form={replay}
            submitLabel={t('dead.replay')}
            onSubmit={async ({ data }) => {
              await replayDeadLetter(deadLetter, data === original ? undefined : parseObject(data));
              await refresh();
            }}
            onDone={onClose}
          >
            <TextAreaField form={replay} name="data" label={t('dead.data')} hint={t('dead.dataHint')} rows={12} />
            {isInvalid ? (
              <p className="d-late" role="status">
                {t('dead.dataInvalid')}
              </p>
            ) : null}
          </FormBody>
          <div className="d-actions">
            <Button type="button" variant="tertiary" onClick={() => setDropping(true)}>
              {t('dead.drop')}
            </Button>
          </div>
        </>
      )}
    </SidePanel>
  );
}
