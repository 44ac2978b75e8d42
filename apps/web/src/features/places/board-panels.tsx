import { Button } from '@amsterdam/design-system-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

import { clientQuery } from '../../api/clients.js';
import { housingQuery } from '../../api/housing.js';
import type { BoardPlace } from '../../api/places.js';
import { ClientPicker } from '../../app/client-picker.js';
import { SidePanel } from '../../ui/side-panel.js';
import { Loading, Ready } from '../../ui/states.js';
import { HousingPanel, type HousingTask } from '../housing/housing-panel.js';
import { placeText } from '../housing/place-text.js';
import { Period } from '../housing/stay-card.js';

interface BarPanelProps {
  clientId: string;
  mayChange: boolean;
  onClose: () => void;
}

/** What can be done with the client behind a bar, without leaving the board. */
export function BarPanel({ clientId, mayChange, onClose }: BarPanelProps) {
  const { t } = useTranslation(['housing', 'places']);
  const client = useQuery(clientQuery(clientId));
  const housing = useQuery(housingQuery(clientId));
  const [task, setTask] = useState<HousingTask>();
  if (task !== undefined && client.data !== undefined && housing.data !== undefined) {
    return <HousingPanel client={client.data} housing={housing.data} task={task} onClose={onClose} />;
  }
  return (
    <SidePanel title={client.data?.name ?? ''} onClose={onClose}>
      <Ready query={client} loading={<Loading rows={4} />}>
        {() => (
          <Ready query={housing} loading={<Loading rows={4} />}>
            {({ current, planned }) => {
              const away = current?.state === 'on-leave';
              return (
                <>
                  {[current, planned].map((stay) =>
                    stay === undefined ? null : (
                      <p key={stay.stayId}>
                        <strong>{stay.place === undefined ? t('unknownPlace') : placeText(stay.place)}</strong>
                        {stay.reserved ? ` (${t('planned').toLowerCase()})` : ''}
                        <br />
                        <Period from={stay.from} until={stay.until} />
                      </p>
                    ),
                  )}
                  {!mayChange ? null : (
                    <div className="d-actions">
                      {planned === undefined ? null : (
                        <Button
                          type="button"
                          variant={planned.state === 'reservation-due' ? 'primary' : 'secondary'}
                          onClick={() =>
                            setTask({
                              kind: current === undefined ? 'arrival' : 'move',
                              stay: planned,
                              reservation: planned,
                            })
                          }
                        >
                          {t('action.confirm')}
                        </Button>
                      )}
                      {current === undefined ? null : (
                        <>
                          <Button
                            type="button"
                            variant="secondary"
                            onClick={() => setTask({ kind: 'move', stay: current })}
                          >
                            {t('action.move')}
                          </Button>
                          <Button
                            type="button"
                            variant="secondary"
                            onClick={() => setTask({ kind: away ? 'return' : 'leave', stay: current })}
                          >
                            {t(away ? 'action.return' : 'action.leave')}
                          </Button>
                          <Button
                            type="button"
                            variant="secondary"
                            onClick={() => setTask({ kind: 'departure', stay: current })}
                          >
                            {t('action.departure')}
                          </Button>
                        </>
                      )}
                      {planned === undefined ? null : (
                        <Button
                          type="button"
                          variant="tertiary"
                          onClick={() => setTask({ kind: 'cancellation', stay: planned })}
                        >
                          {t('action.cancelReservation')}
                        </Button>
                      )}
                    </div>
                  )}
                  <Link className="ams-link" to={`/clienten/${clientId}`}>
                    {t('places:panel.open')}
                  </Link>
                </>
              );
            }}
          </Ready>
        )}
      </Ready>
    </SidePanel>
  );
}

/** Brings a client to a free place: an arrival, or a move for somebody who stays elsewhere. */
export function ArrivalPanel({ place, onClose }: { place: BoardPlace; onClose: () => void }) {
  const { t } = useTranslation(['places', 'housing']);
  const [clientId, setClientId] = useState<string>();
  const client = useQuery({ ...clientQuery(clientId ?? ''), enabled: clientId !== undefined });
  const housing = useQuery({ ...housingQuery(clientId ?? ''), enabled: clientId !== undefined });
  if (client.data !== undefined && housing.data !== undefined) {
    const { current } = housing.data;
    const task: HousingTask =
      current === undefined
        ? { kind: 'arrival', placeId: place.placeId }
        : { kind: 'move', stay: current, placeId: place.placeId };
    return <HousingPanel client={client.data} housing={housing.data} task={task} onClose={onClose} />;
  }
  return (
    <SidePanel title={t('board.arrival')} onClose={onClose}>
      <p>
        <strong>{t('panel.place', { place: place.label })}</strong>
      </p>
      {clientId === undefined ? (
        <ClientPicker label={t('panel.pickClient')} onChoose={(chosen) => setClientId(chosen.clientId)} />
      ) : (
        <Ready query={client} loading={<Loading rows={4} />}>
          {() => (
            <Ready query={housing} loading={<Loading rows={4} />}>
              {() => null}
            </Ready>
          )}
        </Ready>
      )}
    </SidePanel>
  );
}
