import { Controller } from '@nestjs/common';
import type { Protected } from '#access/protected.js';
import type { Caller } from '#contracts/caller.js';
import type { Page } from '#contracts/paging.js';
import {
  AcceptOffer,
  acceptOffer,
  DeclineOffer,
  declineOffer,
  ListWaiting,
  listWaiting,
  OfferPlace,
  offerPlace,
  RegisterWaiting,
  registerWaiting,
  type WaitingEntryChanged,
  type WaitingEntryView,
  WithdrawWaiting,
  withdrawWaiting,
} from '#contracts/registration/waiting-list.js';
import { Handles } from '#platform/handles.js';
import { OffersService } from './offers.service.js';
import { WaitingListService } from './waiting-list.service.js';

/** Who waits for what, and the offers to them. */
@Controller()
export class WaitingListController {
  constructor(
    private readonly entries: WaitingListService,
    private readonly offers: OffersService,
  ) {}

  @Handles(listWaiting)
  list(query: ListWaiting, caller: Caller): Promise<Protected<Page<WaitingEntryView>>> {
    return this.entries.list(query, caller);
  }

  @Handles(registerWaiting)
  register(request: RegisterWaiting, caller: Caller): Promise<WaitingEntryChanged> {
    return this.entries.register(request, caller);
  }

  @Handles(withdrawWaiting)
  withdraw(request: WithdrawWaiting, caller: Caller): Promise<WaitingEntryChanged> {
    return this.entries.withdraw(request, caller);
  }

  @Handles(offerPlace)
  offer(request: OfferPlace, caller: Caller): Promise<WaitingEntryChanged> {
    return this.offers.offer(request, caller);
  }

  @Handles(acceptOffer)
  accept(request: AcceptOffer, caller: Caller): Promise<WaitingEntryChanged> {
    return this.offers.accept(request, caller);
  }

  @Handles(declineOffer)
  decline(request: DeclineOffer, caller: Caller): Promise<WaitingEntryChanged> {
    return this.offers.decline(request, caller);
  }
}
