import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

import { DEAD_LETTER_SERVICES, healthQuery, type SystemHealth } from '../../api/operations.js';
import { DataTable, type Column } from '../../ui/data-table.js';
import { formatInstant, formatNumber } from '../../ui/dates.js';
import { Page } from '../../ui/page.js';
import { Loading, Ready } from '../../ui/states.js';
import { AdminTabs } from '../admin/admin-tabs.js';

type Part = SystemHealth['parts'][number];

const KNOWN = ['broker', 'sessions', 'issuer', ...DEAD_LETTER_SERVICES] as const;

/** Which parts of the system answer. */
export function Component() {
  const { t } = useTranslation('operations');
  const query = useQuery(healthQuery);
  const columns = useMemo((): Column<Part>[] => {
    return [
      { id: 'part', header: t('health.part'), isName: true, cell: (part) => <PartName name={part.name} /> },
      {
        id: 'state',
        header: t('health.state'),
        cell: (part) => (
          <span className={part.state === 'down' ? 'd-late' : undefined}>
            <span aria-hidden="true">{part.state === 'down' ? '✕ ' : '✓ '}</span>
            {t(`health.states.${part.state}`)}
          </span>
        ),
      },
      {
        id: 'answeredIn',
        header: t('health.answeredIn'),
        align: 'end',
        cell: ({ answeredIn }) => (answeredIn === undefined ? '' : t('health.milliseconds', { count: answeredIn })),
      },
      {
        id: 'deadLetters',
        header: t('health.deadLetters'),
        align: 'end',
        cell: ({ name, deadLetters }) =>
          deadLetters === undefined ? (
            ''
          ) : deadLetters === 0 ? (
            formatNumber(0)
          ) : (
            <Link className="ams-link" to={`/beheer/vastgelopen?deel=${name}`}>
              {formatNumber(deadLetters)}
            </Link>
          ),
      },
    ];
  }, [t]);
  return (
    <Page title={t('health.title')} finding={query.data === undefined ? undefined : <Finding health={query.data} />}>
      <AdminTabs />
      <Ready query={query} loading={<Loading shape="table" />}>
        {(health) => (
          <>
            <DataTable
              name="health"
              caption={t('health.title')}
              columns={columns}
              rows={health.parts}
              keyOf={(part) => part.name}
            />
            <p className="d-muted d-small">{t('health.checked', { time: formatInstant(health.at) })}</p>
          </>
        )}
      </Ready>
    </Page>
  );
}

function usePartName(): (name: string) => string {
  const { t } = useTranslation('operations');
  return (name) => {
    const known = KNOWN.find((each) => each === name);
    return known === undefined ? name : t(`health.parts.${known}`);
  };
}

function PartName({ name }: { name: string }) {
  return usePartName()(name);
}

function Finding({ health }: { health: SystemHealth }) {
  const { t } = useTranslation('operations');
  const nameOf = usePartName();
  const down = health.parts.filter((part) => part.state === 'down').map((part) => nameOf(part.name));
  if (down.length === 0) return t('health.up');
  return <span className="d-late">{t('health.degraded', { parts: down.join(', ') })}</span>;
}
