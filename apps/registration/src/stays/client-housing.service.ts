import { Injectable } from '@nestjs/common';
import { groundFor } from '#access/client-access-rules.js';
import { Protected } from '#access/protected.js';
import type { CivilDate } from '#calendar/civil-date.js';
import { Clock } from '#calendar/clock.js';
import type { Caller } from '#contracts/caller.js';
import type { Zwaarte } from '#contracts/codes.js';
import { Refusal } from '#contracts/refusal.js';
import type { ClientHousing, GetClientHousing, HousingChangeView, StayView } from '#contracts/registration/stays.js';
import { currentStay, housingStatusOn, ledgerAsOf, plannedStay, stayStateOn, zwaarteMatch } from './housing-reading.js';
import type { ClientLedger, HousingChange, Stay } from './housing-types.js';
import { StaysRepository } from './stays.repository.js';
import { withTouchedLeaves } from './touched-leaves.js';
import { canUndo } from './undo-rules.js';

/** Shows the hotelregistratie of one client: stays, changes, and how it was known earlier. */
@Injectable()
export class ClientHousingService {
  constructor(
    private readonly repository: StaysRepository,
    private readonly clock: Clock,
  ) {}

  /** @throws Refusal `not-found` for a client outside the caller's relations */
  async get(query: GetClientHousing, caller: Caller): Promise<Protected<ClientHousing>> {
    const client = await this.repository.findClient(query.clientId);
    const ground = client && groundFor(caller, client);
    if (client === undefined || ground === undefined) throw Refusal.of('not-found', { fields: ['clientId'] });
    const ledger = asked(client.ledger, query);
    const weights = await this.placeWeights(ledger.stays);
    const today = this.clock.today();
    const shown = (stay: Stay) => stayView(stay, today, client.zwaarte, weights.get(stay.placeId));
    const current = currentStay(ledger.stays, today);
    const planned = plannedStay(ledger.stays);
    const isPresent = ledger.version === client.ledger.version;
    const undone = new Map(ledger.changes.flatMap(({ undoes, changeId }) => (undoes ? [[undoes, changeId]] : [])));
    return new Protected('read', [{ clientId: client.clientId, ground }], {
      clientId: client.clientId,
      version: ledger.version,
      status: housingStatusOn(ledger.stays, today),
      ...(current && { current: shown(current) }),
      ...(planned && { planned: shown(planned) }),
      stays: ledger.stays.map(shown),
      changes: [...ledger.changes]
        .reverse()
        .map((change) =>
          changeView(
            change,
            undone.get(change.changeId),
            isPresent && canUndo(ledger, change.changeId, caller.personId),
          ),
        ),
      ...(ledger.mergedInto && { mergedInto: ledger.mergedInto }),
    });
  }

  private async placeWeights(stays: readonly Stay[]): Promise<Map<string, Zwaarte>> {
    const places = await this.repository.findPlaces([...new Set(stays.map(({ placeId }) => placeId))]);
    return new Map(places.map(({ placeId, zwaarte }) => [placeId, zwaarte]));
  }
}

/** The ledger at the moment asked for. */
function asked(ledger: ClientLedger, { atVersion, asOf }: GetClientHousing): ClientLedger {
  if (atVersion !== undefined) return ledgerAsOf(ledger, { version: atVersion });
  return asOf === undefined ? ledger : ledgerAsOf(ledger, { recordedAt: new Date(asOf).toISOString() });
}

function stayView(stay: Stay, today: CivilDate, client: Zwaarte | undefined, place: Zwaarte | undefined): StayView {
  return {
    ...stayVersion(stay),
    state: stayStateOn(stay, today),
    ...(place && { placeZwaarte: place }),
    zwaarteMatch: place === undefined ? 'unknown' : zwaarteMatch(client, place),
  };
}

function stayVersion({ leaves, ...stay }: Stay) {
  return { ...stay, leaves: leaves.map((leave) => ({ ...leave })) };
}

function changeView(change: HousingChange, undoneBy: string | undefined, mayUndo: boolean): HousingChangeView {
  const { changeId, version, kind, effectiveOn, recordedAt, recordedBy, channel, reasons, undoes, paired } = change;
  const { before, after } = withTouchedLeaves(change);
  return {
    changeId,
    version,
    kind,
    effectiveOn,
    recordedAt,
    recordedBy,
    channel,
    reasons,
    before: before.map(stayVersion),
    after: after.map(stayVersion),
    ...(undoes && { undoes }),
    ...(undoneBy && { undoneBy }),
    ...(paired && { pairedClientId: paired.clientId }),
    canUndo: mayUndo,
  };
}
