/** An object without the fields that are undefined: what is not known is absent, in the database as in a reply. */
export function withoutNothing<T extends object>(value: T): T {
  const known = Object.entries(value).filter(([, field]) => field !== undefined);
  // Leaving out undefined optional fields does not change what the object is.
  return Object.fromEntries(known) as T;
}
