import { queryOptions } from '@tanstack/react-query';

import type {
  CancellationReason,
  CorrectionReason,
  DepartureDestination,
  DepartureReason,
  LeaveReason,
} from '#contracts/codes.js';
import type {
  ClientHousing,
  HousingChangeRecorded,
  HousingChangeView,
  LeaveView,
  PlacesSwapped,
  StayVersion,
  StayView,
} from '#contracts/registration/stays.js';

import { clientKeys } from './clients.js';
import { api } from './http.js';
import { withPlace, type Beside, type Names, type WithPlace } from './joined.js';

export type { HousingChangeRecorded, LeaveView };

/** A stay as it is today, with the names of its place. */
export type Stay = WithPlace<StayView>;
/** A stay as it stood in some version. */
export type PastStay = WithPlace<StayVersion>;
export type HousingChange = Omit<HousingChangeView, 'before' | 'after'> & {
  recordedByName?: string;
  before: PastStay[];
  after: PastStay[];
};

/** `GET /v1/clients/{clientId}/housing` */
export type Housing = Omit<ClientHousing, 'current' | 'planned' | 'stays' | 'changes'> & {
  current?: Stay;
  planned?: Stay;
  stays: Stay[];
  changes: HousingChange[];
};

interface DepartureData {
  reason: DepartureReason;
  destination: DepartureDestination;
}

/** What changes in one leave; `null` takes a value away. */
interface LeaveCorrection {
  leaveId: string;
  from?: string;
  expectedUntil?: string | null;
  until?: string | null;
  reason?: LeaveReason;
}

export type CancellationTarget =
  | { of: 'change'; changeId: string }
  | { of: 'stay'; stayId: string }
  | { of: 'leave'; stayId: string; leaveId: string }
  | { of: 'departure'; stayId: string };

/** Body of `POST /v1/clients/{clientId}/housing-changes`: per kind the fields that it takes. */
export type HousingCommand =
  | {
      kind: 'arrival';
      placeId?: string;
      reservationId?: string;
      from: string;
      until?: string;
      departure?: DepartureData;
    }
  | { kind: 'move'; placeId?: string; reservationId?: string; date: string; until?: string }
  | { kind: 'reservation'; placeId: string; from: string; until?: string }
  | { kind: 'leave'; from: string; expectedUntil?: string; until?: string; reason: LeaveReason }
  | { kind: 'return'; date: string; leaveId?: string }
  | ({ kind: 'departure'; date: string; stayId?: string } & DepartureData)
  | {
      kind: 'correction';
      stayId: string;
      reason: CorrectionReason;
      placeId?: string;
      from?: string;
      until?: string | null;
      departure?: DepartureData;
      leaves?: LeaveCorrection[];
    }
  | { kind: 'cancellation'; target: CancellationTarget; reason: CancellationReason };

export type HousingKind = HousingCommand['kind'];

function changeWithNames(change: HousingChangeView, names: Names | undefined): HousingChange {
  const recordedByName = names?.people[change.recordedBy];
  return {
    ...change,
    before: change.before.map((stay) => withPlace(stay, names)),
    after: change.after.map((stay) => withPlace(stay, names)),
    ...(recordedByName === undefined ? {} : { recordedByName }),
  };
}

function housingWithNames({ current, planned, names, ...rest }: Beside<ClientHousing>): Housing {
  return {
    ...rest,
    ...(current === undefined ? {} : { current: withPlace(current, names) }),
    ...(planned === undefined ? {} : { planned: withPlace(planned, names) }),
    stays: rest.stays.map((stay) => withPlace(stay, names)),
    changes: rest.changes.map((change) => changeWithNames(change, names)),
  };
}

export const housingQuery = (clientId: string) =>
  queryOptions({
    queryKey: [...clientKeys.file(clientId), 'housing'],
    queryFn: async ({ signal }) =>
      housingWithNames(await api.get<Beside<ClientHousing>>(`/v1/clients/${clientId}/housing`, { signal })),
  });

/** `version` guards against changing what somebody else changed meanwhile; leave it out to change whatever there is. */
export const changeHousing = (
  clientId: string,
  command: HousingCommand,
  options: { version?: number | undefined; idempotencyKey: string },
): Promise<HousingChangeRecorded> => api.post(`/v1/clients/${clientId}/housing-changes`, { body: command, ...options });

/** Takes back one's own last change, as a whole. */
export const undoHousingChange = (clientId: string, changeId: string): Promise<HousingChangeRecorded> =>
  api.post(`/v1/clients/${clientId}/housing-changes/${changeId}/undo`, { idempotencyKey: `undo-${changeId}` });

/** Two clients take each other's place on one date. */
export const swapPlaces = (
  body: { date: string; first: { clientId: string }; second: { clientId: string } },
  idempotencyKey: string,
): Promise<PlacesSwapped> => api.post('/v1/housing-swaps', { body, idempotencyKey });
