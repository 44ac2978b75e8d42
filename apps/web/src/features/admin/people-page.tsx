import './admin.css';

import { Button, Checkbox, FieldSet } from '@amsterdam/design-system-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { roleLabels } from '#contracts/code-labels.js';
import { roles, type Role } from '#contracts/codes.js';
import type { PersonKind, PersonLanguage } from '#contracts/registration/people.js';

import { createPerson, peopleKeys, peopleQuery, updatePerson, type Person } from '../../api/people.js';
import { organisationsQuery } from '../../api/places.js';
import { DataTable, type Column } from '../../ui/data-table.js';
import { CheckField, FormBody, SelectField, TextField } from '../../ui/fields.js';
import { FilterSelect } from '../../ui/filter-select.js';
import { Page } from '../../ui/page.js';
import { inLanguage } from '../../ui/problem-text.js';
import { SidePanel } from '../../ui/side-panel.js';
import { Empty, Loading, Ready } from '../../ui/states.js';
import { oneOf, useFilters } from '../../ui/use-filters.js';
import { useForm } from '../../ui/use-form.js';
import { AdminTabs } from './admin-tabs.js';

const FILTERS = ['rol', 'organisatie'] as const;
const KINDS = ['person', 'system'] as const satisfies readonly PersonKind[];
const LANGUAGES = ['nl', 'en'] as const satisfies readonly PersonLanguage[];

/** Everybody who works with the system, and the systems that are connected. */
export function Component() {
  const { t } = useTranslation(['admin', 'common']);
  const [filters, setFilters] = useFilters(FILTERS);
  const role = oneOf(roles, filters.rol);
  const query = useQuery(peopleQuery({ role, organisationId: filters.organisatie }));
  const organisations = useQuery(organisationsQuery);
  const [editing, setEditing] = useState<Person | 'new'>();
  const columns = usePeopleColumns(setEditing);
  return (
    <Page
      title={t('people.title')}
      actions={
        <Button type="button" onClick={() => setEditing('new')}>
          {t('people.add')}
        </Button>
      }
    >
      <AdminTabs />
      <div className="d-filters">
        <FilterSelect
          label={t('people.role')}
          value={role}
          options={roles.map((each) => [each, inLanguage(roleLabels[each])])}
          onChoose={(rol) => setFilters({ rol })}
        />
        <FilterSelect
          label={t('people.organisation')}
          value={filters.organisatie}
          options={organisations.data?.items.map(({ organisationId, name }) => [organisationId, name]) ?? []}
          onChoose={(organisatie) => setFilters({ organisatie })}
        />
      </div>
      <Ready query={query} loading={<Loading shape="table" />}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty title={t('people.empty')}>
              <p>{t('people.emptyHelp')}</p>
            </Empty>
          ) : (
            <DataTable
              name="people"
              caption={t('people.title')}
              columns={columns}
              rows={items}
              keyOf={(person) => person.personId}
              exportAs="mensen"
            />
          )
        }
      </Ready>
      {editing === undefined ? null : (
        <PersonPanel person={editing === 'new' ? undefined : editing} onClose={() => setEditing(undefined)} />
      )}
    </Page>
  );
}

function usePeopleColumns(onEdit: (person: Person) => void): Column<Person>[] {
  const { t } = useTranslation('admin');
  return useMemo(() => {
    const text = (
      id: 'email' | 'roles' | 'organisation' | 'active',
      value: (person: Person) => string,
    ): Column<Person> => ({
      id,
      header: t(`people.${id}`),
      cell: value,
      text: value,
      by: value,
    });
    return [
      {
        id: 'name',
        header: t('people.name'),
        isName: true,
        cell: (person) => person.name,
        text: (person) => person.name,
        by: (person) => person.name,
      },
      text('roles', (person) =>
        person.kind === 'system'
          ? t('people.system')
          : person.roles.map((role) => inLanguage(roleLabels[role])).join(', '),
      ),
      text('organisation', (person) => person.organisationName ?? ''),
      text('email', (person) => person.email ?? ''),
      text('active', (person) => t(person.active ? 'people.yes' : 'people.no')),
      {
        id: 'edit',
        header: '',
        cell: (person) => (
          <button
            type="button"
            className="d-link-button"
            aria-label={t('people.editOf', { name: person.name })}
            onClick={() => onEdit(person)}
          >
            {t('people.edit')}
          </button>
        ),
      },
    ];
  }, [t, onEdit]);
}

function PersonPanel({ person, onClose }: { person: Person | undefined; onClose: () => void }) {
  const { t } = useTranslation(['admin', 'common']);
  const queries = useQueryClient();
  const organisations = useQuery(organisationsQuery);
  const [chosen, setChosen] = useState<ReadonlySet<Role>>(new Set(person?.roles));
  const form = useForm({
    initial: {
      kind: person?.kind ?? 'person',
      name: person?.name ?? '',
      subject: person?.subject ?? '',
      email: person?.email ?? '',
      organisationId: person?.organisationId ?? '',
      language: person?.language ?? 'nl',
      active: person?.active === false ? '' : 'yes',
    },
    required: ['name', 'subject'],
  });
  const save = async (): Promise<void> => {
    const { values } = form;
    const body = {
      name: values.name.trim(),
      subject: values.subject.trim(),
      email: values.email.trim() === '' ? null : values.email.trim(),
      roles: roles.filter((role) => chosen.has(role)),
      organisationId: values.organisationId === '' ? null : values.organisationId,
      language: oneOf(LANGUAGES, values.language) ?? 'nl',
    };
    if (person === undefined) {
      await createPerson({ ...body, kind: oneOf(KINDS, values.kind) ?? 'person' }, form.idempotencyKey());
    } else {
      await updatePerson(person.personId, person.version, { ...body, active: values.active === 'yes' });
    }
    await queries.invalidateQueries({ queryKey: peopleKeys.people });
  };
  return (
    <SidePanel title={person === undefined ? t('people.add') : person.name} onClose={onClose}>
      <FormBody
        form={form}
        submitLabel={t('common:action.save')}
        onSubmit={save}
        onDone={onClose}
        onCancel={onClose}
        onReload={() => void queries.invalidateQueries({ queryKey: peopleKeys.people }).then(onClose)}
      >
        {person === undefined ? (
          <SelectField
            form={form}
            name="kind"
            label={t('people.kind')}
            options={KINDS.map((value) => ({ value, label: t(`people.${value}`) }))}
          />
        ) : null}
        <TextField form={form} name="name" label={t('people.name')} maxLength={160} />
        <TextField
          form={form}
          name="subject"
          label={t('people.subject')}
          hint={t('people.subjectHint')}
          maxLength={255}
        />
        <TextField form={form} name="email" label={t('people.email')} type="email" optional />
        <SelectField
          form={form}
          name="organisationId"
          label={t('people.organisation')}
          optional
          empty={t('people.none')}
          options={
            organisations.data?.items.map(({ organisationId, name }) => ({ value: organisationId, label: name })) ?? []
          }
        />
        {form.values.kind === 'system' ? null : (
          <FieldSet legend={t('people.roles')}>
            {roles.map((role) => (
              <Checkbox
                key={role}
                checked={chosen.has(role)}
                onChange={(event) => {
                  const next = new Set(chosen);
                  if (event.target.checked) next.add(role);
                  else next.delete(role);
                  setChosen(next);
                }}
              >
                {inLanguage(roleLabels[role])}
              </Checkbox>
            ))}
          </FieldSet>
        )}
        <SelectField
          form={form}
          name="language"
          label={t('people.language')}
          options={LANGUAGES.map((value) => ({ value, label: t(`common:languages.${value}`) }))}
        />
        {person === undefined ? null : <CheckField form={form} name="active" label={t('people.active')} />}
      </FormBody>
    </SidePanel>
  );
}
