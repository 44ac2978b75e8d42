import { Button, DescriptionList } from '@amsterdam/design-system-react';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { contactRelationLabels, dataQualityCheckLabels } from '#contracts/code-labels.js';

import { clientKeys, clientQuery, revealBsn, updateClient, type ClientFile } from '../../api/clients.js';
import { useCan } from '../../app/session.js';
import { currentLanguage } from '../../i18n/index.js';
import { formatDate } from '../../ui/dates.js';
import { FormBody } from '../../ui/fields.js';
import { inLanguage } from '../../ui/problem-text.js';
import { SidePanel } from '../../ui/side-panel.js';
import { Failure } from '../../ui/states.js';
import { useForm } from '../../ui/use-form.js';
import { ZwaarteLabel } from '../../ui/zwaarte.js';
import { ClientFields } from './client-fields.js';
import { changesOf, valuesOf, type ClientFormValues } from './client-form.js';

/** NAW and what belongs with it; what misses is named. */
export function DetailsTab({ client }: { client: ClientFile }) {
  const { t } = useTranslation(['clients', 'common']);
  const can = useCan();
  const [editing, setEditing] = useState(false);
  return (
    <section className="d-card d-stack">
      {client.missing.length === 0 ? null : (
        <p className="d-note">
          {t('details.misses', {
            parts: client.missing.map((part) => inLanguage(dataQualityCheckLabels[part]).toLowerCase()).join(', '),
          })}
        </p>
      )}
      <DescriptionList termsWidth="medium">
        <Item term={t('form.givenNames')}>{client.givenNames}</Item>
        <Item term={t('form.familyName')}>
          {[client.familyNamePrefix, client.familyName].filter((part) => part !== undefined).join(' ')}
        </Item>
        <Item term={t('form.birthDate')}>
          {client.birthDate === undefined ? undefined : formatDate(client.birthDate)}
        </Item>
        <Item term={t('form.bsn')}>
          <Bsn client={client} />
        </Item>
        <Item term={t('form.zwaarte')}>
          <ZwaarteLabel zwaarte={client.zwaarte} underHeading />
        </Item>
        <Item term={t('details.address')}>{addressText(client)}</Item>
        <Item term={t('form.phone')}>{client.phone}</Item>
        <Item term={t('form.email')}>{client.email}</Item>
        <Item term={t('form.municipalityOfOrigin')}>{client.municipalityOfOrigin}</Item>
        <Item term={t('form.language')}>{languageText(client.language)}</Item>
        <DescriptionList.Term>{t('form.contacts')}</DescriptionList.Term>
        {client.contactPersons.length === 0 ? (
          <DescriptionList.Description className="d-muted">{t('details.noContacts')}</DescriptionList.Description>
        ) : (
          client.contactPersons.map((person, index) => (
            <DescriptionList.Description key={index}>
              {[
                person.name,
                inLanguage(contactRelationLabels[person.relation]).toLowerCase(),
                person.phone,
                person.email,
              ]
                .filter((part) => part !== undefined && part !== '')
                .join(', ')}
            </DescriptionList.Description>
          ))
        )}
      </DescriptionList>
      {can('clients:write') && client.mergedInto === undefined ? (
        <div>
          <Button type="button" variant="secondary" onClick={() => setEditing(true)}>
            {t('details.edit')}
          </Button>
        </div>
      ) : null}
      {editing ? <EditPanel client={client} onClose={() => setEditing(false)} /> : null}
    </section>
  );
}

function Item({ term, children }: { term: string; children: React.ReactNode }) {
  const { t } = useTranslation('clients');
  const isMissing = children === undefined || children === '';
  return (
    <>
      <DescriptionList.Term>{term}</DescriptionList.Term>
      <DescriptionList.Description {...(isMissing ? { className: 'd-muted' } : {})}>
        {isMissing ? t('details.missing') : children}
      </DescriptionList.Description>
    </>
  );
}

/** Shown by its last digits; the whole number only when somebody asks for it, which is logged. */
function Bsn({ client: { clientId, bsnLastDigits } }: { client: ClientFile }) {
  const { t } = useTranslation('clients');
  const [bsn, setBsn] = useState<string>();
  const [failure, setFailure] = useState<unknown>();
  if (bsnLastDigits === undefined) return t('details.bsnNone');
  if (bsn !== undefined) return <code>{bsn}</code>;
  const show = (): void => {
    revealBsn(clientId).then((answer) => setBsn(answer.bsn), setFailure);
  };
  return (
    <>
      {t('details.bsn', { digits: bsnLastDigits })}{' '}
      <button type="button" className="d-link-button" onClick={show}>
        {t('details.revealBsn')}
      </button>
      {failure === undefined ? null : <Failure error={failure} headingLevel={3} />}
    </>
  );
}

/** Imports write languages as codes; people read names. */
function languageText(language: string | undefined): string | undefined {
  if (language === undefined || !/^[a-z]{2,3}(-[A-Za-z]+)?$/.test(language)) return language;
  const name = new Intl.DisplayNames(currentLanguage(), { type: 'language' }).of(language);
  return name === undefined ? language : name.charAt(0).toUpperCase() + name.slice(1);
}

function addressText({ address }: ClientFile): string | undefined {
  if (address === undefined) return undefined;
  const street = [address.street, [address.houseNumber, address.houseNumberAddition].filter(Boolean).join('')];
  const town = [address.postcode, address.city];
  return [street, town]
    .map((part) => part.filter(Boolean).join(' '))
    .filter((part) => part !== '')
    .join(', ');
}

/** Changing NAW. When somebody else was first, nothing is overwritten: the newest data come, and the person decides. */
function EditPanel({ client, onClose }: { client: ClientFile; onClose: () => void }) {
  const { t } = useTranslation(['clients', 'common']);
  const queries = useQueryClient();
  const [base, setBase] = useState(client);
  const [reloaded, setReloaded] = useState(false);
  const form = useForm<ClientFormValues>({ initial: valuesOf(client), required: ['familyName'] });
  const save = async (values: ClientFormValues): Promise<void> => {
    const changes = changesOf(base, values);
    if (Object.keys(changes).length === 0) return;
    const answer = await updateClient(client.clientId, base.version, changes);
    queries.setQueryData(clientQuery(client.clientId).queryKey, answer);
    await queries.invalidateQueries({ queryKey: clientKeys.all });
  };
  const reload = async (): Promise<void> => {
    const newest = await queries.query({ ...clientQuery(client.clientId), staleTime: 0 });
    setBase(newest);
    setReloaded(true);
    form.replace(valuesOf(newest));
  };
  return (
    <SidePanel title={t('details.edit')} onClose={onClose}>
      {reloaded ? (
        <p className="d-note" role="status">
          {t('details.staleHint')}
        </p>
      ) : null}
      <FormBody
        form={form}
        submitLabel={t('common:action.save')}
        onSubmit={save}
        onDone={onClose}
        onCancel={onClose}
        onReload={() => void reload()}
      >
        <ClientFields
          form={form}
          bsnHint={
            client.bsnLastDigits === undefined ? t('form.bsnHint') : t('form.bsnKept', { digits: client.bsnLastDigits })
          }
        />
      </FormBody>
    </SidePanel>
  );
}
