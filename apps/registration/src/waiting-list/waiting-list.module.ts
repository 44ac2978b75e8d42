import { Module } from '@nestjs/common';
import { Creations } from '../creations.js';
import { StaysModule } from '../stays/stays.module.js';
import { OfferExpiry } from './offer-expiry.js';
import { OffersService } from './offers.service.js';
import { WaitingListController } from './waiting-list.controller.js';
import { WaitingListRepository } from './waiting-list.repository.js';
import { WaitingListService } from './waiting-list.service.js';
import { WaitingListWriter } from './waiting-list-writer.js';

/** The waiting list per kind of place and zwaarte, and its offers. */
@Module({
  imports: [StaysModule],
  controllers: [WaitingListController],
  providers: [Creations, WaitingListRepository, WaitingListWriter, WaitingListService, OffersService, OfferExpiry],
  exports: [WaitingListRepository],
})
export class WaitingListModule {}
