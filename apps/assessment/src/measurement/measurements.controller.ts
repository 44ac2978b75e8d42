import { Controller } from '@nestjs/common';
import type { Protected } from '#access/protected.js';
import {
  CorrectMeasurement,
  correctMeasurement,
  DiscardDraft,
  discardDraft,
  type DraftDiscarded,
  type DraftSaved,
  getMeasurement,
  ListMeasurements,
  listMeasurements,
  type MeasurementAnswer,
  MeasurementById,
  type MeasurementListed,
  type MeasurementView,
  SaveDraft,
  saveDraft,
  StartMeasurement,
  startMeasurement,
  SubmitMeasurement,
  submitMeasurement,
} from '#contracts/assessment/measurements.js';
import { ListZrmHistory, listZrmHistory, type ZrmsOfClient } from '#contracts/assessment/zrm-history.js';
import type { Caller } from '#contracts/caller.js';
import type { Page } from '#contracts/paging.js';
import { Handles } from '#platform/handles.js';
import { MeasurementReading } from './measurement-reading.service.js';
import { MeasurementsService } from './measurements.service.js';
import { ZrmHistoryService } from './zrm-history.service.js';

/** Filling in and reading ZRMs. */
@Controller()
export class MeasurementsController {
  constructor(
    private readonly measurements: MeasurementsService,
    private readonly reading: MeasurementReading,
    private readonly zrmHistory: ZrmHistoryService,
  ) {}

  @Handles(startMeasurement)
  start(command: StartMeasurement, caller: Caller): Promise<DraftSaved> {
    return this.measurements.start(command, caller);
  }

  @Handles(saveDraft)
  save(command: SaveDraft, caller: Caller): Promise<DraftSaved> {
    return this.measurements.save(command, caller);
  }

  @Handles(submitMeasurement)
  submit(command: SubmitMeasurement, caller: Caller): Promise<Protected<MeasurementAnswer>> {
    return this.measurements.submit(command, caller);
  }

  @Handles(correctMeasurement)
  correct(command: CorrectMeasurement, caller: Caller): Promise<Protected<MeasurementAnswer>> {
    return this.measurements.correct(command, caller);
  }

  @Handles(discardDraft)
  discard(command: DiscardDraft, caller: Caller): Promise<DraftDiscarded> {
    return this.measurements.discard(command, caller);
  }

  @Handles(getMeasurement)
  get(query: MeasurementById, caller: Caller): Promise<Protected<MeasurementView>> {
    return this.reading.get(query, caller);
  }

  @Handles(listMeasurements)
  list(query: ListMeasurements, caller: Caller): Promise<Protected<Page<MeasurementListed>>> {
    return this.reading.list(query, caller);
  }

  @Handles(listZrmHistory)
  history(query: ListZrmHistory, caller: Caller): Promise<Protected<Page<ZrmsOfClient>>> {
    return this.zrmHistory.list(query, caller);
  }
}
