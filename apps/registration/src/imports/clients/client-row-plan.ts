import type { ClientDocument, ClientRecord } from '../../clients/client.schema.js';
import { changesBetween, withInput } from '../../clients/record-changes.js';
import type { ClientRow } from '../rows/check-row.js';

/** What a row of clients does: registers somebody, or changes the record that the number stands for. */
export interface ClientRowPlan {
  readonly client: ClientRow;
  readonly clientId?: string;
  /** Version of the record that was compared with. */
  readonly version?: number;
}

/** Fields of a record as a file gives them; what is empty in the file is not there. */
export type ClientInput = Omit<ClientRecord, 'contactPersons'>;

/** The fields that a file gives, with an address completed from the one that is known. */
export function inputOf({ details }: ClientRow, current?: ClientRecord): ClientInput {
  const { contactPersons: _, address, ...fields } = details;
  return address === undefined ? fields : { ...fields, address: { ...current?.address, ...address } };
}

/** Whether a row says something that the record does not have. An empty cell says nothing. */
export function saysSomethingNew(row: ClientRow, current: ClientDocument, bsnHash: string | undefined): boolean {
  if (bsnHash !== undefined && bsnHash !== current.bsnHash) return true;
  return changesBetween(current.details, withInput(current.details, inputOf(row, current.details))).length > 0;
}
