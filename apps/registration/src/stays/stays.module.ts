import { Module } from '@nestjs/common';
import { ClientHousingService } from './client-housing.service.js';
import { ClientsTold } from './clients-told.js';
import { OccupancyController } from './occupancy.controller.js';
import { OccupancyService } from './occupancy.service.js';
import { StaysController } from './stays.controller.js';
import { StaysRepository } from './stays.repository.js';
import { StaysService } from './stays.service.js';

/** The hotelregistratie: who stays where, and the overviews of places. */
@Module({
  controllers: [StaysController, OccupancyController],
  providers: [StaysRepository, StaysService, ClientHousingService, OccupancyService, ClientsTold],
  exports: [StaysRepository, StaysService],
})
export class StaysModule {}
