import './clients.css';

import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '@amsterdam/design-system-react';
import { Link, NavLink, useParams } from 'react-router';

import { clientQuery, type ClientFile } from '../../api/clients.js';
import { useCan } from '../../app/session.js';
import { Page } from '../../ui/page.js';
import { Loading, Ready } from '../../ui/states.js';
import { oneOf } from '../../ui/use-filters.js';
import { HousingTab } from '../housing/housing-tab.js';
import { ZrmTab } from '../zrm/zrm-tab.js';
import { AccessTab } from './access-tab.js';
import { ClientFacts, ClientNow } from './client-facts.js';
import { DetailsTab } from './details-tab.js';
import { MeldingenTab } from './meldingen-tab.js';
import { MergePanel, MergeState } from './merge.js';
import { VersionsTab } from './versions-tab.js';

const TABS = ['zrm', 'gegevens', 'meldingen', 'wijzigingen', 'ingezien'] as const;

/** The file of one client: who, where now, and one part at a time below it. */
export function Component() {
  const { t } = useTranslation(['clients', 'common']);
  const { clientId = '', tab } = useParams();
  const file = useQuery(clientQuery(clientId));
  if (file.data === undefined) {
    return (
      <Page title={file.error === null ? t('common:state.loading') : t('title')}>
        <Ready query={file} loading={<Loading rows={8} />}>
          {() => null}
        </Ready>
      </Page>
    );
  }
  return <Client key={clientId} client={file.data} tab={oneOf(TABS, tab)} />;
}

function Client({ client, tab }: { client: ClientFile; tab: (typeof TABS)[number] | undefined }) {
  const { t } = useTranslation(['clients', 'common', 'zrm']);
  const can = useCan();
  const [merging, setMerging] = useState(false);
  const base = `/clienten/${client.clientId}`;
  const mayMerge = can('clients:merge') && client.mergedInto === undefined;
  return (
    <Page
      title={client.name}
      finding={<ClientFacts client={client} />}
      actions={
        mayMerge ? (
          <Button type="button" variant="tertiary" onClick={() => setMerging(true)}>
            {t('merge.open')}
          </Button>
        ) : undefined
      }
    >
      <MergeState client={client} />
      <ClientNow client={client} />
      <nav className="d-tabs" aria-label={t('file.tabs.label')}>
        <NavLink to={base} end>
          {t('file.tabs.housing')}
        </NavLink>
        {can('zrm:read') ? <NavLink to={`${base}/zrm`}>{t('zrm:tab')}</NavLink> : null}
        <NavLink to={`${base}/gegevens`}>{t('file.tabs.details')}</NavLink>
        {can('meldingen:read') ? <NavLink to={`${base}/meldingen`}>{t('file.tabs.meldingen')}</NavLink> : null}
        <NavLink to={`${base}/wijzigingen`}>{t('file.tabs.versions')}</NavLink>
        {can('access-log:read') ? <NavLink to={`${base}/ingezien`}>{t('file.tabs.access')}</NavLink> : null}
      </nav>
      {tab === undefined ? <HousingTab client={client} /> : null}
      {tab === 'zrm' ? <ZrmTab client={client} /> : null}
      {tab === 'gegevens' ? <DetailsTab client={client} /> : null}
      {tab === 'meldingen' ? <MeldingenTab clientId={client.clientId} name={client.name} /> : null}
      {tab === 'wijzigingen' ? <VersionsTab clientId={client.clientId} /> : null}
      {tab === 'ingezien' ? <AccessTab clientId={client.clientId} /> : null}
      {merging ? <MergePanel client={client} onClose={() => setMerging(false)} /> : null}
      <p className="d-screen-only">
        <Link className="ams-link" to="/clienten">
          {t('file.allClients')}
        </Link>
      </p>
    </Page>
  );
}
