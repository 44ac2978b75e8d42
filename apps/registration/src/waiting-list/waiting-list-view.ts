import type { CivilDate } from '#calendar/civil-date.js';
import type { OfferView, WaitingEntryView } from '#contracts/registration/waiting-list.js';
import { isOfferOverdue } from './waiting-list-rules.js';
import type { Offer, WaitingEntry } from './waiting-list-types.js';

/** How an entry is shown. An offer past its last day counts as expired, also before the sweep has written that. */
export function entryView(
  entry: WaitingEntry,
  today: CivilDate,
  shown: { readonly position: number | undefined; readonly isOwn: boolean },
): WaitingEntryView {
  const { entryId, clientId, kind, zwaarte, urgency, since, withdrawalReason, registeredBy, version } = entry;
  const overdue = isOfferOverdue(entry, today);
  const offers = entry.offers.map((offer) => offerView(offer, overdue));
  const open = offers.find(({ status }) => status === 'open');
  return {
    entryId,
    ...(shown.isOwn && { clientId, createdBy: registeredBy }),
    kind,
    zwaarte,
    urgency,
    since,
    status: overdue ? 'waiting' : entry.status,
    ...(shown.position !== undefined && { position: shown.position }),
    ...(shown.isOwn && open && { openOffer: open }),
    offers: shown.isOwn ? offers : [],
    ...(withdrawalReason && { withdrawalReason }),
    version,
  };
}

function offerView({ offeredBy, offeredAt, ...offer }: Offer, overdue: boolean): OfferView {
  const status = offer.status === 'open' && overdue ? 'expired' : offer.status;
  return { ...offer, status, createdBy: offeredBy, createdAt: offeredAt };
}
