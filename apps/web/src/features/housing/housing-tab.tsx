import './housing.css';

import { Button } from '@amsterdam/design-system-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { ClientFile } from '../../api/clients.js';
import { housingQuery, type Housing, type Stay } from '../../api/housing.js';
import { useCan } from '../../app/session.js';
import { formatDate, today } from '../../ui/dates.js';
import { Empty, Loading, Ready } from '../../ui/states.js';
import { ChangeList } from './change-list.js';
import { HousingPanel, type HousingTask } from './housing-panel.js';
import type { LeaveTask } from './leave-command.js';
import { LeavePanel } from './leave-panel.js';
import { StayCard } from './stay-card.js';
import { SwapPanel } from './swap-panel.js';

/** The hotelregistratie of one client on one line of time: planned, now and past, and everything that was recorded. */
export function HousingTab({ client }: { client: ClientFile }) {
  const housing = useQuery(housingQuery(client.clientId));
  return (
    <Ready query={housing} loading={<Loading rows={8} />}>
      {(data) => <HousingHistory client={client} housing={data} />}
    </Ready>
  );
}

function HousingHistory({ client, housing }: { client: ClientFile; housing: Housing }) {
  const { t } = useTranslation('housing');
  const can = useCan();
  const [task, setTask] = useState<HousingTask>();
  const [leaveTask, setLeaveTask] = useState<LeaveTask>();
  const [swapping, setSwapping] = useState(false);
  const mayChange = can('housing:write') && housing.mergedInto === undefined;
  const planned = housing.stays.filter((stay) => stay.reserved || stay.from > today()).toReversed();
  const now = housing.stays.filter((stay) => stay.state === 'present' || stay.state === 'on-leave');
  const past = housing.stays.filter((stay) => stay.state === 'ended').toReversed();
  const cardOf = (stay: Stay) => (
    <StayCard
      key={stay.stayId}
      stay={stay}
      onTask={mayChange ? setTask : undefined}
      onLeaveTask={mayChange ? setLeaveTask : undefined}
    />
  );
  return (
    <div className="d-stack">
      {mayChange ? <Actions housing={housing} onTask={setTask} onSwap={() => setSwapping(true)} /> : null}
      {housing.stays.length === 0 ? (
        <Empty title={t('empty')}>
          <p>{t('emptyHelp')}</p>
        </Empty>
      ) : (
        <ol className="d-timeline" aria-label={t('timeline')}>
          {planned.map(cardOf)}
          <li className="d-timeline__today">{t('today', { date: formatDate(today()) })}</li>
          {now.map(cardOf)}
          {past.map(cardOf)}
        </ol>
      )}
      <ChangeList clientId={client.clientId} changes={housing.changes} mayChange={mayChange} />
      {task === undefined ? null : (
        <HousingPanel client={client} housing={housing} task={task} onClose={() => setTask(undefined)} />
      )}
      {leaveTask === undefined ? null : (
        <LeavePanel client={client} housing={housing} task={leaveTask} onClose={() => setLeaveTask(undefined)} />
      )}
      {swapping ? <SwapPanel client={client} onClose={() => setSwapping(false)} /> : null}
    </div>
  );
}

interface ActionsProps {
  housing: Housing;
  onTask: (task: HousingTask) => void;
  onSwap: () => void;
}

/** What can be done now; the most likely one first. */
function Actions({ housing, onTask, onSwap }: ActionsProps) {
  const { t } = useTranslation('housing');
  const { current, planned } = housing;
  const isDue = planned?.state === 'reservation-due';
  // Also before its day: people come earlier than planned.
  const confirm =
    planned === undefined ? null : (
      <Button
        type="button"
        variant={isDue ? 'primary' : 'secondary'}
        onClick={() =>
          onTask({ kind: current === undefined ? 'arrival' : 'move', stay: planned, reservation: planned })
        }
      >
        {t('action.confirm')}
      </Button>
    );
  const first = isDue ? 'secondary' : 'primary';
  if (current === undefined) {
    return (
      <div className="d-actions">
        {confirm}
        <Button type="button" variant={first} onClick={() => onTask({ kind: 'arrival' })}>
          {t('action.arrival')}
        </Button>
        <Button type="button" variant="secondary" onClick={() => onTask({ kind: 'reservation' })}>
          {t('action.reservation')}
        </Button>
      </div>
    );
  }
  const away = current.state === 'on-leave';
  return (
    <div className="d-actions">
      {confirm}
      <Button type="button" variant={first} onClick={() => onTask({ kind: 'move', stay: current })}>
        {t('action.move')}
      </Button>
      <Button
        type="button"
        variant="secondary"
        onClick={() => onTask({ kind: away ? 'return' : 'leave', stay: current })}
      >
        {t(away ? 'action.return' : 'action.leave')}
      </Button>
      <Button type="button" variant="secondary" onClick={() => onTask({ kind: 'departure', stay: current })}>
        {t('action.departure')}
      </Button>
      <Button type="button" variant="secondary" onClick={() => onTask({ kind: 'reservation', stay: current })}>
        {t('action.reservation')}
      </Button>
      <Button type="button" variant="tertiary" onClick={onSwap}>
        {t('swap.open')}
      </Button>
    </div>
  );
}
