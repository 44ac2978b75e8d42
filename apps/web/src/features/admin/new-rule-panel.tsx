import { Button, Paragraph } from '@amsterdam/design-system-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { RecipientRelation } from '#contracts/notifications/codes.js';

import {
  createRule,
  previewRule,
  ruleCatalogueQuery,
  ruleKeys,
  type RuleDraft,
  type RuleEvent,
  type RulePreview,
} from '../../api/admin.js';
import { formatInstant } from '../../ui/dates.js';
import { CheckField, FormBody, SelectField, TextField } from '../../ui/fields.js';
import { inLanguage } from '../../ui/problem-text.js';
import { SidePanel } from '../../ui/side-panel.js';
import { Failure, Loading, Ready } from '../../ui/states.js';
import { oneOf } from '../../ui/use-filters.js';
import { useForm } from '../../ui/use-form.js';
import { Choices, EXPECTATIONS, URGENCIES } from './rule-choices.js';
import { RuleDeliveryFields } from './rule-delivery-fields.js';
import { codeText, kindText } from './rule-codes.js';

/** A rule of the region's own: chosen from the catalogue, tried on what happened, then added. */
export function NewRulePanel({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('admin');
  const query = useQuery(ruleCatalogueQuery);
  return (
    <SidePanel title={t('rules.add')} onClose={onClose}>
      <Ready query={query} loading={<Loading rows={6} />}>
        {({ items }) => <NewRuleForm events={items} onClose={onClose} />}
      </Ready>
    </SidePanel>
  );
}

const none: ReadonlySet<never> = new Set<never>();

function NewRuleForm({ events, onClose }: { events: readonly RuleEvent[]; onClose: () => void }) {
  const { t } = useTranslation('admin');
  const queries = useQueryClient();
  const [kinds, setKinds] = useState<ReadonlySet<string>>(none);
  const [codes, setCodes] = useState<ReadonlySet<string>>(none);
  const [recipients, setRecipients] = useState<ReadonlySet<RecipientRelation>>(none);
  const form = useForm({
    initial: {
      'name.nl': '',
      'name.en': '',
      eventType: events[0]?.eventType ?? '',
      urgency: 'normal',
      expectedAction: 'take-note',
      notToWhoEnteredIt: 'yes',
      withFallback: '',
    },
    required: ['name.nl', 'name.en', 'eventType', 'urgency', 'expectedAction'],
  });
  const event = events.find(({ eventType }) => eventType === form.values.eventType);
  const within = <T extends string>(chosen: ReadonlySet<T>, all: readonly T[] = []): T[] =>
    all.filter((one) => chosen.has(one));
  const draft = (): RuleDraft => {
    const chosenKinds = within(kinds, event?.kinds);
    const chosenCodes = within(codes, event?.codes);
    return {
      eventType: form.values.eventType,
      when: {
        ...(chosenKinds.length === 0 ? {} : { kinds: chosenKinds }),
        ...(chosenCodes.length === 0 ? {} : { codes: chosenCodes }),
      },
      recipients: within(recipients, event?.relations),
      urgency: oneOf(URGENCIES, form.values.urgency) ?? 'normal',
      expectedAction: oneOf(EXPECTATIONS, form.values.expectedAction) ?? 'take-note',
      notToWhoEnteredIt: form.values.notToWhoEnteredIt === 'yes',
      withFallback: form.values.withFallback === 'yes',
    };
  };
  return (
    <FormBody
      form={form}
      submitLabel={t('rules.add')}
      onSubmit={async (values) => {
        const name = { nl: values['name.nl'], en: values['name.en'] };
        await createRule({ ...draft(), name }, form.idempotencyKey());
        await queries.invalidateQueries({ queryKey: ruleKeys.rules });
      }}
      onDone={onClose}
      onCancel={onClose}
    >
      <TextField form={form} name="name.nl" label={t('rules.nameNl')} maxLength={160} />
      <TextField form={form} name="name.en" label={t('rules.nameEn')} maxLength={160} />
      <SelectField
        form={form}
        name="eventType"
        label={t('rules.event')}
        options={events.map(({ eventType, name }) => ({ value: eventType, label: inLanguage(name) }))}
      />
      {event === undefined ? null : (
        <>
          <Choices
            legend={t('rules.kinds')}
            hint={t('rules.kindsHint')}
            options={event.kinds}
            chosen={kinds}
            textOf={kindText}
            onChange={setKinds}
          />
          {event.codes.length === 0 ? null : (
            <details>
              <summary>{t('rules.codes')}</summary>
              <Choices
                legend={t('rules.codes')}
                hint={t('rules.codesHint')}
                options={event.codes}
                chosen={codes}
                textOf={codeText}
                onChange={setCodes}
              />
            </details>
          )}
          <Choices
            legend={t('rules.recipients')}
            error={form.errorOf('recipients')}
            options={event.relations}
            chosen={recipients}
            textOf={(relation) => t(`rules.relations.${relation}`)}
            onChange={setRecipients}
          />
        </>
      )}
      <RuleDeliveryFields form={form} />
      <CheckField form={form} name="withFallback" label={t('rules.withFallback')} />
      <Trial draft={draft} />
    </FormBody>
  );
}

/** What the rule would have done with what happened; nobody gets anything by it. */
function Trial({ draft }: { draft: () => RuleDraft }) {
  const { t } = useTranslation('admin');
  const [tried, setTried] = useState<RulePreview>();
  const [failure, setFailure] = useState<unknown>();
  const [busy, setBusy] = useState(false);
  const attempt = async (): Promise<void> => {
    setBusy(true);
    setFailure(undefined);
    setTried(undefined);
    try {
      setTried(await previewRule(draft()));
    } catch (error) {
      setFailure(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <div className="d-stack">
      <Paragraph>{t('rules.tryBody')}</Paragraph>
      <Button type="button" variant="secondary" disabled={busy} onClick={() => void attempt()}>
        {t('rules.try')}
      </Button>
      {failure === undefined ? null : <Failure error={failure} />}
      <div role="status">{tried === undefined ? null : <TrialOutcome tried={tried} />}</div>
    </div>
  );
}

function TrialOutcome({ tried }: { tried: RulePreview }) {
  const { t } = useTranslation('admin');
  const { events, matched, added, items, names } = tried;
  return (
    <>
      <p>
        <strong>{t('rules.tried', { events, matched, added })}</strong>
      </p>
      <ul>
        {items.slice(0, 10).map(({ eventId, at, kind, recipients }) => (
          <li key={eventId}>
            {formatInstant(at)}, {kindText(kind)}:{' '}
            {recipients.length === 0
              ? t('rules.triedNobody')
              : recipients
                  .map(({ personId, already }) => {
                    const name = names?.people[personId] ?? t('rules.triedUnassigned');
                    return already ? t('rules.triedAlready', { name }) : name;
                  })
                  .join(', ')}
          </li>
        ))}
      </ul>
    </>
  );
}
