import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';

import { clientQuery } from '../../api/clients.js';
import { housingQuery } from '../../api/housing.js';
import { SidePanel } from '../../ui/side-panel.js';
import { Empty, Loading, Ready } from '../../ui/states.js';
import { HousingPanel } from '../housing/housing-panel.js';

/** Moves a client to another place without leaving the list. */
export function MovePanel({ clientId, onClose }: { clientId: string; onClose: () => void }) {
  const { t } = useTranslation('housing');
  const client = useQuery(clientQuery(clientId));
  const housing = useQuery(housingQuery(clientId));
  if (client.data !== undefined && housing.data?.current !== undefined) {
    const task = { kind: 'move', stay: housing.data.current } as const;
    return <HousingPanel client={client.data} housing={housing.data} task={task} onClose={onClose} />;
  }
  return (
    <SidePanel title={t('title.move')} onClose={onClose}>
      <Ready query={client} loading={<Loading rows={4} />}>
        {() => (
          <Ready query={housing} loading={<Loading rows={4} />}>
            {/* Somebody recorded the departure since the list was made. */}
            {() => <Empty title={t('notHere')} />}
          </Ready>
        )}
      </Ready>
    </SidePanel>
  );
}
