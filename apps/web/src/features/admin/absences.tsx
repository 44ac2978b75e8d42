import { Button, Heading } from '@amsterdam/design-system-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { newIdempotencyKey } from '../../api/http.js';
import {
  absencesQuery,
  cancelAbsence,
  colleaguesQuery,
  createAbsence,
  peopleKeys,
  type Absence,
} from '../../api/people.js';
import { DataTable, type Column } from '../../ui/data-table.js';
import { isCivilDate } from '../../ui/date-text.js';
import { addDays, formatDate, formatShortDate, today } from '../../ui/dates.js';
import { DateField, FormBody, SelectField } from '../../ui/fields.js';
import { SidePanel } from '../../ui/side-panel.js';
import { Empty, Failure, Loading, Ready } from '../../ui/states.js';
import { useUndo } from '../../ui/undo.js';
import { useForm } from '../../ui/use-form.js';

/** Who is away, from when to when, and who replaces them. */
export function Absences() {
  const { t } = useTranslation('admin');
  const query = useQuery(absencesQuery);
  const [adding, setAdding] = useState(false);
  const [failure, setFailure] = useState<unknown>();
  const cancel = useCancelAbsence(setFailure);
  const columns = useAbsenceColumns(cancel);
  return (
    <section className="d-stack" aria-labelledby="absences">
      <div className="d-node__head">
        <Heading level={2} id="absences">
          {t('absences.title')}
        </Heading>
        <Button type="button" variant="secondary" onClick={() => setAdding(true)}>
          {t('absences.add')}
        </Button>
      </div>
      {failure === undefined ? null : <Failure error={failure} headingLevel={3} />}
      <Ready query={query} loading={<Loading shape="table" rows={3} />}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty title={t('absences.empty')}>
              <p>{t('absences.emptyHelp')}</p>
            </Empty>
          ) : (
            <DataTable
              name="absences"
              caption={t('absences.title')}
              columns={columns}
              rows={items}
              keyOf={(absence) => absence.absenceId}
              exportAs="afwezigheid"
            />
          )
        }
      </Ready>
      {adding ? <AbsencePanel onClose={() => setAdding(false)} /> : null}
    </section>
  );
}

/** Calls an absence off at once; undoing records the same absence again, and the replacement takes over again. */
function useCancelAbsence(onFailure: (error: unknown) => void): (absence: Absence) => void {
  const { t } = useTranslation('admin');
  const queries = useQueryClient();
  const offerUndo = useUndo();
  return (absence) => {
    onFailure(undefined);
    const { absenceId, personId, replacementPersonId, from, until } = absence;
    const refresh = (): Promise<void> => queries.invalidateQueries({ queryKey: peopleKeys.absences });
    cancelAbsence(absenceId).then(
      () => {
        const name = absence.names.people[personId] ?? t('absences.someone');
        // One key for this undoing, however often it is tried.
        const again = newIdempotencyKey();
        offerUndo({
          text: t('absences.cancelled', { name }),
          undo: async () => {
            await createAbsence({ personId, replacementPersonId, from, until }, again);
            await refresh();
          },
        });
        return refresh();
      },
      (error: unknown) => onFailure(error),
    );
  };
}

function useAbsenceColumns(onCancel: (absence: Absence) => void): Column<Absence>[] {
  const { t } = useTranslation('admin');
  return useMemo(() => {
    const nameOf = ({ names }: Absence, personId: string): string => names.people[personId] ?? t('absences.someone');
    const column = (
      id: 'person' | 'replacement' | 'from' | 'until' | 'state',
      text: (row: Absence) => string,
    ): Column<Absence> => ({ id, header: t(`absences.${id}`), cell: text, text, by: text });
    return [
      { ...column('person', (row) => nameOf(row, row.personId)), isName: true },
      column('replacement', (row) => nameOf(row, row.replacementPersonId)),
      { ...column('from', (row) => formatShortDate(row.from)), by: (row) => row.from },
      { ...column('until', (row) => formatShortDate(row.until)), by: (row) => row.until },
      column('state', (row) => t(`absences.states.${row.state}`)),
      {
        id: 'cancel',
        header: '',
        cell: (row) =>
          row.state === 'planned' || row.state === 'current' ? (
            <button
              type="button"
              className="d-link-button"
              aria-label={t('absences.cancelOf', { name: nameOf(row, row.personId) })}
              onClick={() => onCancel(row)}
            >
              {t('absences.cancel')}
            </button>
          ) : null,
      },
    ];
  }, [t, onCancel]);
}

/** The contract counts up to the first day back (half open); people think in the last day that somebody is away. */
function LastDay({ from, until }: { from: string; until: string }) {
  const { t } = useTranslation('admin');
  if (!isCivilDate(from) || !isCivilDate(until) || until <= from) return null;
  return (
    <p className="d-note" role="status">
      {t('absences.lastDay', { from: formatDate(from), last: formatDate(addDays(until, -1)) })}
    </p>
  );
}

function AbsencePanel({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation(['admin', 'common']);
  const queries = useQueryClient();
  const people = useQuery(colleaguesQuery({}));
  const form = useForm({
    initial: { personId: '', replacementPersonId: '', from: today(), until: '' },
    required: ['personId', 'replacementPersonId', 'from', 'until'],
  });
  const options = people.data?.items.map(({ personId, name }) => ({ value: personId, label: name })) ?? [];
  return (
    <SidePanel title={t('absences.add')} onClose={onClose}>
      <FormBody
        form={form}
        submitLabel={t('common:action.save')}
        onSubmit={async (values) => {
          await createAbsence(values, form.idempotencyKey());
          await queries.invalidateQueries({ queryKey: peopleKeys.absences });
        }}
        onDone={onClose}
        onCancel={onClose}
      >
        <SelectField form={form} name="personId" label={t('absences.person')} options={options} />
        <SelectField
          form={form}
          name="replacementPersonId"
          label={t('absences.replacement')}
          options={options.filter((option) => option.value !== form.values.personId)}
        />
        <DateField form={form} name="from" label={t('absences.from')} />
        <DateField
          form={form}
          name="until"
          label={t('absences.until')}
          hint={t('absences.untilHint')}
          {...(isCivilDate(form.values.from) ? { min: addDays(form.values.from, 1) } : {})}
        />
        <LastDay from={form.values.from} until={form.values.until} />
      </FormBody>
    </SidePanel>
  );
}
