import { Button, Paragraph } from '@amsterdam/design-system-react';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';

import { clientKeys, mergeClient, unmergeClient, type ClientFile, type ClientSummary } from '../../api/clients.js';
import { useCan } from '../../app/session.js';
import { FormBody, TextAreaField } from '../../ui/fields.js';
import { SidePanel } from '../../ui/side-panel.js';
import { Failure } from '../../ui/states.js';
import { useForm } from '../../ui/use-form.js';
import { ClientPicker } from '../../app/client-picker.js';

/** Two records of one person become one; the history of both stays. */
export function MergePanel({ client, onClose }: { client: ClientFile; onClose: () => void }) {
  const { t } = useTranslation('clients');
  const queries = useQueryClient();
  const navigate = useNavigate();
  const [into, setInto] = useState<ClientSummary>();
  const form = useForm({ initial: { reason: '' }, required: ['reason'] });
  return (
    <SidePanel title={t('merge.title')} onClose={onClose}>
      <Paragraph>{t('merge.intro')}</Paragraph>
      {into === undefined ? (
        <ClientPicker label={t('merge.search')} except={client.clientId} onChoose={setInto} />
      ) : (
        <FormBody
          form={form}
          submitLabel={t('merge.submit')}
          onSubmit={async ({ reason }) => {
            await mergeClient(client.clientId, { intoClientId: into.clientId, reason });
            await queries.invalidateQueries({ queryKey: clientKeys.all });
            await navigate(`/clienten/${into.clientId}`);
          }}
          onCancel={onClose}
        >
          <p>
            <strong>{t('merge.chosen', { name: into.name })}</strong>{' '}
            <button type="button" className="d-link-button" onClick={() => setInto(undefined)}>
              {t('merge.chooseOther')}
            </button>
          </p>
          <TextAreaField form={form} name="reason" label={t('merge.reason')} maxLength={500} />
        </FormBody>
      )}
    </SidePanel>
  );
}

/** What was merged with this record, with the way back. */
export function MergeState({ client }: { client: ClientFile }) {
  const { t } = useTranslation('clients');
  const can = useCan();
  const queries = useQueryClient();
  const [failure, setFailure] = useState<unknown>();
  const separate = async (clientId: string): Promise<void> => {
    setFailure(undefined);
    try {
      await unmergeClient(clientId);
      await queries.invalidateQueries({ queryKey: clientKeys.all });
    } catch (error) {
      setFailure(error);
    }
  };
  const button = (clientId: string) =>
    can('clients:merge') ? (
      <Button type="button" variant="tertiary" onClick={() => void separate(clientId)}>
        {t('merge.unmerge')}
      </Button>
    ) : null;
  return (
    <>
      {client.mergedInto === undefined ? null : (
        <div className="d-note d-note--warning">
          <p>{t('file.mergedInto', { name: client.mergedInto.name })}</p>
          <div className="d-actions">
            <Link className="ams-link" to={`/clienten/${client.mergedInto.clientId}`}>
              {t('file.openOther')}
            </Link>
            {button(client.clientId)}
          </div>
        </div>
      )}
      {client.mergedFrom.map((other) => (
        <div key={other.clientId} className="d-note">
          <p>{t('merge.from', { name: other.name })}</p>
          {button(other.clientId)}
        </div>
      ))}
      {failure === undefined ? null : <Failure error={failure} />}
    </>
  );
}
