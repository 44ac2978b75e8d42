import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';

import { clientVersionsQuery, type ClientVersion } from '../../api/clients.js';
import { rowsOf } from '../../api/paging.js';
import { formatInstant } from '../../ui/dates.js';
import { More } from '../../ui/more.js';
import { Empty, Failure, Loading } from '../../ui/states.js';

/** Every version of the details, newest first: who, when, what was and what became. */
export function VersionsTab({ clientId }: { clientId: string }) {
  const { t } = useTranslation(['clients', 'common']);
  const query = useInfiniteQuery(clientVersionsQuery(clientId));
  const versions = rowsOf(query.data);
  if (query.isPending) return <Loading rows={6} />;
  if (query.error !== null) return <Failure error={query.error} onRetry={() => void query.refetch()} />;
  if (versions.length === 0) {
    return (
      <Empty title={t('versions.empty')}>
        <p>{t('versions.emptyHelp')}</p>
      </Empty>
    );
  }
  return (
    <section className="d-stack" aria-label={t('versions.title')}>
      <ol className="d-stack">
        {versions.map((version) => (
          <Version key={version.version} version={version} />
        ))}
      </ol>
      <More of={query} />
    </section>
  );
}

function Version({ version }: { version: ClientVersion }) {
  const { t, i18n } = useTranslation('clients');
  // The server names fields as in the API; the ones of the form have a text, others are shown as they are.
  const nameOf = (field: string): string => {
    const key = `clients:form.${field.split('.').at(-1) ?? field}`;
    return i18n.exists(key) ? String(i18n.getResource(i18n.language, 'clients', key.slice('clients:'.length))) : field;
  };
  return (
    <li className="d-card d-stack">
      <div>
        <h2 className="ams-heading ams-heading--4">{t(`versions.change.${version.change}`)}</h2>
        <p className="d-muted">
          {t('versions.line', {
            who: version.changedByName ?? t('versions.someone'),
            when: formatInstant(version.changedAt),
          })}
        </p>
        {version.reason === undefined ? null : <p>{version.reason}</p>}
      </div>
      {version.change === 'registered' || version.changes.length === 0 ? null : (
        <ul className="d-changes">
          {version.changes.map((change) => (
            <li key={change.field}>
              <strong>{nameOf(change.field)}</strong>
              <span>
                <del>{change.before ?? t('versions.nothing')}</del> <span aria-hidden="true">→</span>{' '}
                <ins>{change.after ?? t('versions.nothing')}</ins>
              </span>
            </li>
          ))}
        </ul>
      )}
    </li>
  );
}
