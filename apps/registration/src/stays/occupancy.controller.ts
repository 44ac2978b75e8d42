import { Controller } from '@nestjs/common';
import type { Protected } from '#access/protected.js';
import type { Caller } from '#contracts/caller.js';
import type { Page } from '#contracts/paging.js';
import {
  type BedNights,
  type Board,
  type BoardState,
  GetBedNights,
  getBedNights,
  GetBoard,
  getBoard,
  GetBoardState,
  getBoardState,
  GetOccupancy,
  getOccupancy,
  ListVacancies,
  listVacancies,
  ListZwaarteMismatches,
  listZwaarteMismatches,
  type OccupancyOnDate,
  type Vacancy,
  type ZwaarteMismatch,
} from '#contracts/registration/occupancy.js';
import { Handles } from '#platform/handles.js';
import { OccupancyService } from './occupancy.service.js';

/** Overviews of places: occupancy, board, vacancies, nights, mismatches of weight. */
@Controller()
export class OccupancyController {
  constructor(private readonly occupancy: OccupancyService) {}

  @Handles(getOccupancy)
  onDate(query: GetOccupancy, caller: Caller): Promise<Protected<OccupancyOnDate>> {
    return this.occupancy.onDate(query, caller);
  }

  @Handles(getBoard)
  board(query: GetBoard, caller: Caller): Promise<Protected<Board>> {
    return this.occupancy.board(query, caller);
  }

  @Handles(getBoardState)
  boardState(query: GetBoardState, caller: Caller): Promise<BoardState> {
    return this.occupancy.boardState(query, caller);
  }

  @Handles(listVacancies)
  vacancies(query: ListVacancies, _caller: Caller): Promise<Page<Vacancy>> {
    return this.occupancy.vacancies(query);
  }

  @Handles(getBedNights)
  bedNights(query: GetBedNights, caller: Caller): Promise<BedNights> {
    return this.occupancy.bedNights(query, caller);
  }

  @Handles(listZwaarteMismatches)
  mismatches(query: ListZwaarteMismatches, caller: Caller): Promise<Protected<Page<ZwaarteMismatch>>> {
    return this.occupancy.mismatches(query, caller);
  }
}
