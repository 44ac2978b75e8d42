import { Injectable } from '@nestjs/common';
import { ClientModel } from '../clients/client.schema.js';

interface MergeState {
  _id: string;
  mergedInto?: { clientId: string };
}

/** Longest chain of merges that is followed. */
const MAX_MERGES = 20;
const BATCH = 500;

/** Other systems keep the number of a record that was merged away: it then stands for the record that went on. */
@Injectable()
export class CurrentClients {
  constructor(private readonly clients: ClientModel) {}

  /** The record that goes on, by the identifier of each record that was merged away; others are left out. */
  async of(clientIds: readonly string[]): Promise<Map<string, string>> {
    const goesOn = new Map<string, string>();
    let asked = [...new Set(clientIds)];
    for (let round = 0; round < MAX_MERGES && asked.length > 0; round += 1) {
      const merged = await this.merged(asked);
      for (const [from, into] of merged) goesOn.set(from, into);
      asked = [...new Set(merged.values())].filter((clientId) => !goesOn.has(clientId));
    }
    return new Map([...goesOn.keys()].map((clientId) => [clientId, endOf(clientId, goesOn)]));
  }

  private async merged(clientIds: readonly string[]): Promise<Map<string, string>> {
    const merged = new Map<string, string>();
    for (let start = 0; start < clientIds.length; start += BATCH) {
      const found = await this.clients.model
        .find({ _id: { $in: clientIds.slice(start, start + BATCH) } }, { 'mergedInto.clientId': 1 })
        .lean<MergeState[]>();
      for (const { _id, mergedInto } of found) if (mergedInto) merged.set(_id, mergedInto.clientId);
    }
    return merged;
  }
}

function endOf(clientId: string, goesOn: ReadonlyMap<string, string>): string {
  let current = clientId;
  for (let round = 0; round < MAX_MERGES; round += 1) current = goesOn.get(current) ?? current;
  return current;
}
