import { DEFAULT_PAGE_SIZE, decodeCursor, encodeCursor, type Page } from '#contracts/paging.js';
import { fieldProblem, Refusal } from '#contracts/refusal.js';

/** Pages of a list in the order of one field and then the identifier, without skipping or repeating anything. */

/** The last item that was given. Without `value`, the item has none. */
export interface Position {
  id: string;
  value?: string;
}

/** Order of a list: records without the field come first, or last when turned round, as MongoDB sorts them. */
export interface ListOrder {
  field: string;
  direction: 1 | -1;
}

/** A condition in MongoDB's query language. */
export type Condition = Record<string, unknown>;

/** The condition for everything after a position. `value` must be a text: it is compared with texts only. */
export function afterPosition({ field, direction }: ListOrder, { id, value }: Position): Condition {
  const ascending = direction === 1;
  const beyond = ascending ? '$gt' : '$lt';
  const sameValue = { [field]: value ?? null, _id: { [beyond]: id } };
  if (value === undefined) {
    // `null` matches an absent field; every text is greater than or equal to the empty one.
    return ascending ? { $or: [sameValue, { [field]: { $gte: '' } }] } : sameValue;
  }
  const further = { [field]: { [beyond]: value } };
  return ascending ? { $or: [further, sameValue] } : { $or: [further, sameValue, { [field]: null }] };
}

/** The `sort` of the list. */
export function sortOf({ field, direction }: ListOrder): Record<string, 1 | -1> {
  return { [field]: direction, _id: direction };
}

/** Reads a cursor. @throws Refusal when it was not made by {@link pageOf} */
export function positionIn(cursor: string | undefined): Position | undefined {
  if (cursor === undefined) return undefined;
  const read = decodeCursor(cursor);
  const { id, value } = read ?? {};
  if (typeof id !== 'string' || typeof value === 'number') {
    throw Refusal.ofFields([fieldProblem('cursor', 'field-invalid')]);
  }
  return value === undefined ? { id } : { id, value };
}

/** How many to read for a page: one more than is given, to know whether there is another page. */
export function readLimit(limit: number | undefined): number {
  return (limit ?? DEFAULT_PAGE_SIZE) + 1;
}

/** Makes a page of what was read with {@link readLimit}. */
export function pageOf<T, U>(
  read: readonly T[],
  limit: number | undefined,
  positionOf: (item: T) => Position,
  shown: (item: T) => U,
): Page<U> {
  const given = read.slice(0, limit ?? DEFAULT_PAGE_SIZE);
  const last = given.at(-1);
  const more = read.length > given.length && last !== undefined;
  return { items: given.map(shown), ...(more ? { nextCursor: encodeCursor({ ...positionOf(last) }) } : {}) };
}
