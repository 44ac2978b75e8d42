import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

import { clientQuery } from '../../api/clients.js';
import { Beside } from '../../ui/beside.js';
import { Loading, Ready } from '../../ui/states.js';
import { HousingTab } from '../housing/housing-tab.js';
import { ClientFacts, ClientNow } from './client-facts.js';

/** A client beside the list: who, where now, and everything that is done to their housing. The rest is in the file. */
export function ClientBeside({ clientId, name, onClose }: { clientId: string; name: string; onClose: () => void }) {
  const { t } = useTranslation();
  const file = useQuery(clientQuery(clientId));
  return (
    <Beside title={file.data?.name ?? name} onClose={onClose}>
      <Ready query={file} loading={<Loading rows={8} />}>
        {(client) => (
          <>
            <p className="d-muted">
              <ClientFacts client={client} />
            </p>
            <ClientNow client={client} />
            <p>
              <Link className="ams-link" to={`/clienten/${clientId}`}>
                {t('openFile')}
              </Link>
            </p>
            <HousingTab client={client} />
          </>
        )}
      </Ready>
    </Beside>
  );
}
