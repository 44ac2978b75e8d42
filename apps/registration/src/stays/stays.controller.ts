import { Controller } from '@nestjs/common';
import type { Protected } from '#access/protected.js';
import type { Caller } from '#contracts/caller.js';
import {
  type ClientHousing,
  GetClientHousing,
  getClientHousing,
  type HousingChangeRecorded,
  type PlacesSwapped,
  RecordHousingChange,
  recordHousingChange,
  SwapPlaces,
  swapPlaces,
  UndoHousingChange,
  undoHousingChange,
} from '#contracts/registration/stays.js';
import { Handles } from '#platform/handles.js';
import { ClientHousingService } from './client-housing.service.js';
import { commandOf, recordedOf, swapOf } from './housing-request.js';
import { byPerson, type HousingOutcome, StaysService } from './stays.service.js';

/** Housing changes by people, and the housing history of a client. */
@Controller()
export class StaysController {
  constructor(
    private readonly stays: StaysService,
    private readonly housing: ClientHousingService,
  ) {}

  @Handles(recordHousingChange)
  async record(request: RecordHousingChange, caller: Caller): Promise<HousingChangeRecorded> {
    const origin = byPerson(caller, recordHousingChange.subject, request.idempotencyKey);
    return ofClient(await this.stays.execute(commandOf(request), caller, origin), request.clientId);
  }

  @Handles(swapPlaces)
  async swap(request: SwapPlaces, caller: Caller): Promise<PlacesSwapped> {
    const origin = byPerson(caller, swapPlaces.subject, request.idempotencyKey);
    const outcome = await this.stays.execute(swapOf(request), caller, origin);
    const { first, second } = request;
    return { changes: [ofClient(outcome, first.clientId), ofClient(outcome, second.clientId)] };
  }

  @Handles(undoHousingChange)
  async undo(request: UndoHousingChange, caller: Caller): Promise<HousingChangeRecorded> {
    const origin = byPerson(caller, undoHousingChange.subject, request.idempotencyKey);
    return ofClient(await this.stays.undo(request, caller, origin), request.clientId);
  }

  @Handles(getClientHousing)
  get(query: GetClientHousing, caller: Caller): Promise<Protected<ClientHousing>> {
    return this.housing.get(query, caller);
  }
}

function ofClient({ changes }: HousingOutcome, clientId: string): HousingChangeRecorded {
  const change = changes.find((candidate) => candidate.clientId === clientId);
  if (change === undefined) throw new Error('a housing change without the client that it was asked for');
  return recordedOf(change);
}
