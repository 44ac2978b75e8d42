import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';

import { fundingFrameLabels, organisationKindLabels, placeKindLabels, zwaarteLabels } from '#contracts/code-labels.js';

import { peopleQuery } from '../../api/people.js';
import {
  createStructure,
  placeKeys,
  updateStructure,
  type ClusterTree,
  type LocationTree,
  type OrganisationSummary,
  type PlaceSummary,
} from '../../api/places.js';
import { DateField, FormBody, SelectField, TextField, type Option } from '../../ui/fields.js';
import { inLanguage } from '../../ui/problem-text.js';
import { SidePanel } from '../../ui/side-panel.js';
import { useForm, type Form } from '../../ui/use-form.js';
import { bodyOf, pathOf, requiredOf, valuesOf, type StructureValues } from './structure-form.js';

/** What is added or changed: with the part itself it is a change, without it an addition to the part above. */
export type StructureTask =
  | { of: 'organisation'; organisation?: OrganisationSummary }
  | { of: 'location'; organisation: OrganisationSummary; location?: LocationTree }
  | { of: 'cluster'; organisation: OrganisationSummary; location: LocationTree; cluster?: ClusterTree }
  | { of: 'place'; organisation: OrganisationSummary; cluster: ClusterTree; place?: PlaceSummary };

function optionsOf(labels: Readonly<Record<string, { nl: string; en: string }>>): Option[] {
  return Object.entries(labels).map(([value, label]) => ({ value, label: inLanguage(label) }));
}

/** Adds or changes one part of the structure. */
export function StructurePanel({ task, onClose }: { task: StructureTask; onClose: () => void }) {
  const { t } = useTranslation(['admin', 'common']);
  const queries = useQueryClient();
  const { path, version } = pathOf(task);
  const isNew = version === undefined;
  const form = useForm<StructureValues>({ initial: valuesOf(task), required: requiredOf(task) });
  const save = async (values: StructureValues): Promise<void> => {
    const body = bodyOf(task, values);
    if (version === undefined) await createStructure(path, body, form.idempotencyKey());
    else if (Object.keys(body).length > 0) await updateStructure(path, version, body);
    await queries.invalidateQueries({ queryKey: placeKeys.organisations });
  };
  return (
    <SidePanel
      title={`${t(`organisations.${task.of}`)}: ${isNew ? t('common:action.add').toLowerCase() : t('common:action.edit').toLowerCase()}`}
      onClose={onClose}
    >
      <FormBody
        form={form}
        submitLabel={isNew ? t('common:action.add') : t('common:action.save')}
        onSubmit={save}
        onDone={onClose}
        onCancel={onClose}
        onReload={() => void queries.invalidateQueries({ queryKey: placeKeys.organisations }).then(onClose)}
      >
        <TextField form={form} name="name" label={t('structure.name')} maxLength={120} />
        <OwnFields task={task} form={form} isNew={isNew} />
        {isNew ? null : (
          <DateField
            form={form}
            name="closedFrom"
            label={t('structure.closedFrom')}
            hint={t('structure.closedFromHint')}
            optional
          />
        )}
      </FormBody>
    </SidePanel>
  );
}

interface OwnFieldsProps {
  task: StructureTask;
  form: Form<StructureValues>;
  isNew: boolean;
}

function OwnFields({ task, form, isNew }: OwnFieldsProps) {
  const { t } = useTranslation('admin');
  switch (task.of) {
    case 'organisation':
      return isNew ? (
        <SelectField form={form} name="kind" label={t('structure.kind')} options={optionsOf(organisationKindLabels)} />
      ) : null;
    case 'location':
      return (
        <div className="d-form__row">
          {(['street', 'houseNumber', 'postcode', 'city'] as const).map((field) => (
            <TextField key={field} form={form} name={`address.${field}`} label={t(`structure.${field}`)} optional />
          ))}
        </div>
      );
    case 'cluster':
      return <RepresentativeField form={form} organisationId={task.organisation.organisationId} />;
    case 'place':
      return (
        <>
          <SelectField form={form} name="kind" label={t('structure.kind')} options={optionsOf(placeKindLabels)} />
          <SelectField form={form} name="zwaarte" label={t('structure.zwaarte')} options={optionsOf(zwaarteLabels)} />
          <SelectField
            form={form}
            name="fundingFrame"
            label={t('structure.fundingFrame')}
            options={optionsOf(fundingFrameLabels)}
          />
          <DateField
            form={form}
            name="openFrom"
            label={t('structure.openFrom')}
            hint={t('structure.openFromHint')}
            optional
          />
        </>
      );
  }
}

function RepresentativeField({ form, organisationId }: { form: Form<StructureValues>; organisationId: string }) {
  const { t } = useTranslation('admin');
  const people = useQuery(peopleQuery({ role: 'clientmanager', organisationId }));
  const options = people.data?.items.filter((person) => person.active) ?? [];
  return (
    <SelectField
      form={form}
      name="representativePersonId"
      label={t('structure.representative')}
      optional
      empty={t('structure.nobody')}
      options={options.map(({ personId, name }) => ({ value: personId, label: name }))}
    />
  );
}
