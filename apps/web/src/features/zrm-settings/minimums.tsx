import { Heading } from '@amsterdam/design-system-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';

import {
  calibrationSettingsHistoryQuery,
  calibrationSettingsQuery,
  saveCalibrationSettings,
  zrmSettingsKeys,
  type MinimumsInForce,
} from '../../api/zrm-settings.js';
import { useAnnounce } from '../../ui/announcer.js';
import { formatInstant } from '../../ui/dates.js';
import { FormBody, TextField } from '../../ui/fields.js';
import { Loading, Ready } from '../../ui/states.js';
import { useForm } from '../../ui/use-form.js';

/** From how much on figures of a calibration are shown: fewer say nothing, or tell who it is about. */
export function Minimums() {
  const { t } = useTranslation('zrm-settings');
  const query = useQuery({ ...calibrationSettingsQuery, refetchOnWindowFocus: false });
  return (
    <section className="d-stack" aria-labelledby="minimums">
      <Heading level={2} id="minimums">
        {t('minimums.title')}
      </Heading>
      <Ready query={query} loading={<Loading rows={4} />}>
        {(inForce) => <MinimumsForm key={inForce.version} inForce={inForce} />}
      </Ready>
      <History />
    </section>
  );
}

function MinimumsForm({ inForce: { minimums, version } }: { inForce: MinimumsInForce }) {
  const { t } = useTranslation(['zrm-settings', 'common']);
  const queries = useQueryClient();
  const announce = useAnnounce();
  const form = useForm({
    initial: { subjects: String(minimums.subjects), clients: String(minimums.clients) },
    required: ['subjects', 'clients'],
  });
  const reload = (): Promise<void> => queries.invalidateQueries({ queryKey: zrmSettingsKeys.minimums });
  return (
    <FormBody
      form={form}
      submitLabel={t('minimums.save')}
      onSubmit={async ({ subjects, clients }) => {
        await saveCalibrationSettings(version, { subjects: Number(subjects), clients: Number(clients) });
        announce(t('saved'));
        await reload();
      }}
      onReload={() => void reload()}
    >
      <TextField
        form={form}
        name="subjects"
        label={t('minimums.subjects')}
        hint={t('minimums.subjectsHint')}
        inputMode="numeric"
      />
      <TextField
        form={form}
        name="clients"
        label={t('minimums.clients')}
        hint={t('minimums.clientsHint')}
        inputMode="numeric"
      />
    </FormBody>
  );
}

function History() {
  const { t } = useTranslation('zrm-settings');
  const query = useQuery(calibrationSettingsHistoryQuery);
  return (
    <details className="d-history">
      <summary>{t('minimums.history')}</summary>
      <Ready query={query}>
        {({ items, names }) => (
          <ol className="d-history__list">
            {items.map(({ version, changedAt, changedBy, minimums }) => (
              <li key={version} className="d-history__item">
                {changedAt === undefined || changedBy === undefined
                  ? t('history.atFirst')
                  : t('history.by', {
                      date: formatInstant(changedAt),
                      name: names?.people[changedBy] ?? t('history.somebody'),
                    })}
                : {t('minimums.was', { subjects: minimums.subjects, clients: minimums.clients })}
              </li>
            ))}
          </ol>
        )}
      </Ready>
    </details>
  );
}
