import { useCallback, useMemo } from 'react';
import { useLocation, useSearchParams } from 'react-router';

/**
 * Filters that live in the address, so that a list can be shared, bookmarked and gone back to. Never put personal data in
 * them (design.md §4, API): a search text goes into the navigation state instead.
 */
export function useFilters<const Name extends string>(
  names: readonly Name[],
): [Partial<Record<Name, string>>, (change: Partial<Record<Name, string | undefined>>) => void] {
  const [search, setSearch] = useSearchParams();
  // What was typed stands in the navigation state, and stays when a filter changes.
  const { state } = useLocation() as { state: unknown };
  const key = search.toString();
  const filters = useMemo(() => {
    const current = new URLSearchParams(key);
    const values: Partial<Record<Name, string>> = {};
    for (const name of names) {
      const value = current.get(name);
      if (value !== null && value !== '') values[name] = value;
    }
    return values;
  }, [key, names]);
  const change = useCallback(
    (values: Partial<Record<Name, string | undefined>>) => {
      setSearch(
        (current) => {
          const next = new URLSearchParams(current);
          for (const [name, value] of Object.entries<string | undefined>(values)) {
            if (value === undefined || value === '') next.delete(name);
            else next.set(name, value);
          }
          return next;
        },
        { replace: true, preventScrollReset: true, state },
      );
    },
    [setSearch, state],
  );
  return [filters, change];
}

/** Narrows a text from the address to one of the known values; anything else counts as absent. */
export function oneOf<const T extends string>(values: readonly T[], value: string | undefined): T | undefined {
  return values.find((candidate) => candidate === value);
}
