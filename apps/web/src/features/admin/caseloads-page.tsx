import './admin.css';

import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { caseloadsQuery, colleaguesQuery, type Caseload } from '../../api/people.js';
import { NO_NAMES } from '../../api/joined.js';
import { DataTable, type Column } from '../../ui/data-table.js';
import { formatNumber } from '../../ui/dates.js';
import { Page } from '../../ui/page.js';
import { Empty, Loading, Ready } from '../../ui/states.js';
import { Absences } from './absences.js';
import { AdminTabs } from './admin-tabs.js';
import { CaseloadPanel } from './caseload-panel.js';
import { useAllClusters, type ClusterChoice } from './use-all-clusters.js';

/** A regisseur with the caseload, also one who has none yet. */
interface Line {
  personId: string;
  name: string;
  caseload: Caseload;
}

/** Who guards which clusters, who is away, and who replaces them. */
export function Component() {
  const { t } = useTranslation('admin');
  const caseloads = useQuery(caseloadsQuery);
  const regisseurs = useQuery(colleaguesQuery({ role: 'trajectregisseur' }));
  const { clusters } = useAllClusters();
  const [editing, setEditing] = useState<Line>();
  const columns = useCaseloadColumns(clusters, setEditing);
  return (
    <Page title={t('caseloads.title')}>
      <AdminTabs />
      <Ready query={caseloads} loading={<Loading shape="table" />}>
        {({ items }) => (
          <Ready query={regisseurs} loading={<Loading shape="table" />}>
            {(people) => {
              const lines = people.items.map(({ personId, name }): Line => {
                const none = {
                  personId,
                  clusterIds: [],
                  clientIds: [],
                  coordinator: false,
                  version: 0,
                  names: NO_NAMES,
                };
                return { personId, name, caseload: items.find((each) => each.personId === personId) ?? none };
              });
              return (
                <>
                  <Unguarded clusters={clusters} lines={lines} />
                  {lines.length === 0 ? (
                    <Empty title={t('caseloads.empty')}>
                      <p>{t('caseloads.emptyHelp')}</p>
                    </Empty>
                  ) : (
                    <DataTable
                      name="caseloads"
                      caption={t('caseloads.title')}
                      columns={columns}
                      rows={lines}
                      keyOf={(line) => line.personId}
                      exportAs="caseloads"
                    />
                  )}
                </>
              );
            }}
          </Ready>
        )}
      </Ready>
      <Absences />
      {editing === undefined ? null : (
        <CaseloadPanel
          name={editing.name}
          caseload={editing.caseload}
          clusters={clusters}
          onClose={() => setEditing(undefined)}
        />
      )}
    </Page>
  );
}

/** Clusters that nobody guards: what changes there goes to the fallback. */
function Unguarded({ clusters, lines }: { clusters: ClusterChoice[]; lines: Line[] }) {
  const { t } = useTranslation('admin');
  const guarded = new Set(lines.flatMap((line) => line.caseload.clusterIds));
  const open = clusters.filter((cluster) => !guarded.has(cluster.clusterId));
  if (open.length === 0) return null;
  return (
    <p className="d-note d-note--warning">
      {t('caseloads.unguarded', { count: open.length, names: open.map((cluster) => cluster.name).join(', ') })}
    </p>
  );
}

function useCaseloadColumns(clusters: ClusterChoice[], onEdit: (line: Line) => void): Column<Line>[] {
  const { t } = useTranslation('admin');
  return useMemo(() => {
    const nameOf = new Map(clusters.map((cluster) => [cluster.clusterId, cluster.name]));
    const clusterText = ({ caseload }: Line): string =>
      caseload.clusterIds.map((id) => caseload.names.clusters[id]?.clusterName ?? nameOf.get(id) ?? id).join(', ');
    return [
      {
        id: 'person',
        header: t('caseloads.person'),
        isName: true,
        cell: (line) => line.name,
        text: (line) => line.name,
        by: (line) => line.name,
      },
      {
        id: 'clusters',
        header: t('caseloads.clusters'),
        cell: (line) => clusterText(line) || <span className="d-muted">{t('caseloads.noClusters')}</span>,
        text: clusterText,
        by: ({ caseload }) => caseload.clusterIds.length,
      },
      {
        id: 'clients',
        header: t('caseloads.clients'),
        cell: ({ caseload }) => formatNumber(caseload.clientIds.length),
        text: ({ caseload }) => String(caseload.clientIds.length),
        by: ({ caseload }) => caseload.clientIds.length,
        align: 'end',
      },
      {
        id: 'coordinator',
        header: t('caseloads.coordinator'),
        cell: ({ caseload }) => t(caseload.coordinator ? 'people.yes' : 'people.no'),
        text: ({ caseload }) => t(caseload.coordinator ? 'people.yes' : 'people.no'),
      },
      {
        id: 'edit',
        header: '',
        cell: (line) => (
          <button
            type="button"
            className="d-link-button"
            aria-label={t('caseloads.editOf', { name: line.name })}
            onClick={() => onEdit(line)}
          >
            {t('caseloads.edit')}
          </button>
        ),
      },
    ];
  }, [t, clusters, onEdit]);
}
