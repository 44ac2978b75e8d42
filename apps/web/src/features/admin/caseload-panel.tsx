import { Checkbox, FieldSet } from '@amsterdam/design-system-react';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { peopleKeys, saveCaseload, type Caseload } from '../../api/people.js';
import { ClientPicker } from '../../app/client-picker.js';
import { useCan } from '../../app/session.js';
import { formatNumber } from '../../ui/dates.js';
import { CheckField, FormBody } from '../../ui/fields.js';
import { SidePanel } from '../../ui/side-panel.js';
import { useForm } from '../../ui/use-form.js';
import type { ClusterChoice } from './use-all-clusters.js';

interface CaseloadPanelProps {
  name: string;
  caseload: Caseload;
  clusters: ClusterChoice[];
  onClose: () => void;
}

/** Which clusters, and which single clients, somebody guards. Who may see no clients leaves the single ones as they are. */
export function CaseloadPanel({ name, caseload, clusters, onClose }: CaseloadPanelProps) {
  const { t } = useTranslation(['admin', 'common']);
  const can = useCan();
  const queries = useQueryClient();
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set(caseload.clusterIds));
  const [clients, setClients] = useState(
    caseload.clientIds.map((clientId) => ({
      clientId,
      name: caseload.names.clients[clientId] ?? t('caseloads.unknownClient'),
    })),
  );
  const form = useForm({ initial: { coordinator: caseload.coordinator ? 'yes' : '' } });
  const groups = [...new Set(clusters.map((cluster) => cluster.where))];
  const toggle = (clusterId: string): void => {
    const next = new Set(chosen);
    if (!next.delete(clusterId)) next.add(clusterId);
    setChosen(next);
  };
  const reload = (): Promise<void> => queries.invalidateQueries({ queryKey: peopleKeys.caseloads });
  return (
    <SidePanel title={t('caseloads.editOf', { name })} onClose={onClose}>
      <FormBody
        form={form}
        submitLabel={t('common:action.save')}
        onSubmit={async ({ coordinator }) => {
          await saveCaseload(caseload.personId, caseload.version, {
            clusterIds: [...chosen],
            clientIds: clients.map((client) => client.clientId),
            coordinator: coordinator === 'yes',
          });
          await reload();
        }}
        onDone={onClose}
        onCancel={onClose}
        onReload={() => void reload().then(onClose)}
      >
        {groups.map((group) => (
          <FieldSet key={group} legend={group}>
            {clusters
              .filter((cluster) => cluster.where === group)
              .map((cluster) => (
                <Checkbox
                  key={cluster.clusterId}
                  checked={chosen.has(cluster.clusterId)}
                  onChange={() => toggle(cluster.clusterId)}
                >
                  {cluster.name}
                </Checkbox>
              ))}
          </FieldSet>
        ))}
        {can('clients:read') ? (
          <>
            <ul className="d-stack">
              {clients.map((client) => (
                <li key={client.clientId} className="d-actions">
                  {client.name}
                  <button
                    type="button"
                    className="d-link-button"
                    aria-label={t('caseloads.removeClient', { name: client.name })}
                    onClick={() => setClients(clients.filter((each) => each.clientId !== client.clientId))}
                  >
                    {t('common:action.remove')}
                  </button>
                </li>
              ))}
            </ul>
            <ClientPicker
              label={t('caseloads.addClient')}
              onChoose={(client) => {
                if (!clients.some((each) => each.clientId === client.clientId)) setClients([...clients, client]);
              }}
            />
          </>
        ) : (
          <p className="d-muted">
            {t('caseloads.clients')}: {formatNumber(clients.length)}
          </p>
        )}
        <CheckField form={form} name="coordinator" label={t('caseloads.coordinator')} />
        <p className="d-hint">{t('caseloads.coordinatorHint')}</p>
      </FormBody>
    </SidePanel>
  );
}
