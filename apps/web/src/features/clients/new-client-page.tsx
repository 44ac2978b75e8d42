import './clients.css';

import { Alert, Button } from '@amsterdam/design-system-react';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';

import { duplicateReasonLabels } from '#contracts/code-labels.js';

import { clientKeys, createClient, findDuplicates, type PossibleDuplicate } from '../../api/clients.js';
import { useInstitutions } from '../../app/use-institutions.js';
import { useMe } from '../../app/session.js';
import { formatDate, formatShare } from '../../ui/dates.js';
import { FormBody, SelectField } from '../../ui/fields.js';
import { Page } from '../../ui/page.js';
import { inLanguage } from '../../ui/problem-text.js';
import { useForm } from '../../ui/use-form.js';
import { ClientFields } from './client-fields.js';
import { newClientOf, valuesOf, type ClientFormValues } from './client-form.js';

/** A new client; first the records are shown that may be of the same person. */
export function Component() {
  const { t } = useTranslation(['clients', 'common']);
  const me = useMe();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [duplicates, setDuplicates] = useState<PossibleDuplicate[]>([]);
  const { institutions } = useInstitutions();
  const form = useForm<ClientFormValues>({
    initial: valuesOf(me.organisationId === undefined ? {} : { organisationId: me.organisationId }),
    required: ['familyName'],
  });

  const create = async (values: ClientFormValues, sure: boolean): Promise<void> => {
    const body = newClientOf(values);
    if (!sure) {
      const found = await findDuplicates(body);
      if (found.items.length > 0) {
        setDuplicates(found.items);
        return;
      }
    }
    const made = await createClient(sure ? Object.assign(body, { notADuplicate: true }) : body, form.idempotencyKey());
    await queries.invalidateQueries({ queryKey: clientKeys.all });
    await navigate(`/clienten/${made.clientId}`);
  };

  if (duplicates.length > 0) {
    return (
      <Page title={t('duplicate.title')} finding={t('duplicate.intro', { count: duplicates.length })}>
        <DuplicateList duplicates={duplicates} />
        {form.failure === undefined && form.errors.length === 0 ? null : <FormProblem text={form.errors[0]?.text} />}
        <div className="d-actions">
          <Button type="button" variant="secondary" onClick={() => setDuplicates([])}>
            {t('duplicate.goBack')}
          </Button>
          <Button
            type="button"
            variant="tertiary"
            disabled={form.busy}
            onClick={() => void form.submit((values) => create(values, true))}
          >
            {t('duplicate.someoneElse')}
          </Button>
        </div>
      </Page>
    );
  }
  return (
    <Page title={t('form.newTitle')} finding={t('form.checkHint')}>
      <FormBody
        form={form}
        headingLevel={2}
        submitLabel={t('form.check')}
        onSubmit={(values) => create(values, false)}
        onCancel={() => void navigate('/clienten')}
      >
        {me.organisationId !== undefined || institutions.length === 0 ? null : (
          <SelectField
            form={form}
            name="organisationId"
            label={t('form.organisation')}
            options={institutions.map(({ organisationId, name }) => ({ value: organisationId, label: name }))}
          />
        )}
        <ClientFields form={form} bsnHint={t('form.bsnHint')} />
      </FormBody>
    </Page>
  );
}

function FormProblem({ text }: { text: string | undefined }) {
  const { t } = useTranslation('common');
  return <Alert heading={text ?? t('error.title')} headingLevel={2} severity="error" role="alert" />;
}

/** Records that look like this one, best first, with the score and why. */
function DuplicateList({ duplicates }: { duplicates: PossibleDuplicate[] }) {
  const { t } = useTranslation(['clients', 'common']);
  return (
    <ol className="d-stack">
      {duplicates.map((duplicate) => (
        <li key={duplicate.clientId} className="d-card d-duplicate">
          <div>
            <p className="d-duplicate__name">{duplicate.name ?? t('duplicate.hidden')}</p>
            <p className="d-muted">
              {[
                duplicate.birthDate === undefined ? undefined : formatDate(duplicate.birthDate),
                duplicate.organisationName,
              ]
                .filter((part) => part !== undefined)
                .join(' · ')}
            </p>
            <p>
              {t('duplicate.because', {
                reasons: duplicate.reasons
                  .map((reason) => inLanguage(duplicateReasonLabels[reason]).toLowerCase())
                  .join(', '),
              })}
            </p>
            {duplicate.visible ? null : <p className="d-muted">{t('duplicate.hiddenHelp')}</p>}
          </div>
          <div className="d-duplicate__score">
            <meter min={0} max={1} value={duplicate.score} aria-hidden="true" />
            <p>{t('duplicate.score', { score: formatShare(duplicate.score) })}</p>
            {duplicate.visible ? (
              <Link className="ams-link" to={`/clienten/${duplicate.clientId}`}>
                {t('duplicate.open')}
              </Link>
            ) : null}
          </div>
        </li>
      ))}
    </ol>
  );
}
