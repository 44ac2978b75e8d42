import type { DataQualityCheck, HousingStatus } from '#contracts/codes.js';
import type { DataQualityShare } from '#contracts/registration/client-shapes.js';
import { isRegistered } from './data-quality.js';

/** Whose record quality counts, and what may be told of it. Pure. */

/** Counts below this are not shown to those who see aggregates only (domain.md §2, beleid). */
const SMALLEST_COUNT = 5;

/** A client with what the record misses. */
export interface CheckedRecord {
  organisationId: string;
  status: HousingStatus;
  missing: readonly DataQualityCheck[];
}

/**
 * What still has to be mended: of who left the chain only why and where to, as nobody can ask the rest of them.
 */
export function toMend({ status, missing }: CheckedRecord): DataQualityCheck[] {
  return missing.filter((check) => status !== 'left' || check === 'departure-data');
}

/** Counts per organisation of the clients in the chain, and of those who count as registered. */
export class ShareCount {
  private readonly counts = new Map<string, { clients: number; complete: number }>();

  add({ organisationId, status, missing }: CheckedRecord): void {
    if (status === 'left') return;
    const count = this.counts.get(organisationId) ?? { clients: 0, complete: 0 };
    count.clients += 1;
    if (isRegistered(missing)) count.complete += 1;
    this.counts.set(organisationId, count);
  }

  /** In order of name. */
  shares(names: ReadonlyMap<string, string>): Required<DataQualityShare>[] {
    return [...this.counts]
      .map(([organisationId, count]) => ({
        organisationId,
        organisationName: names.get(organisationId) ?? '',
        ...count,
      }))
      .sort((a, b) => a.organisationName.localeCompare(b.organisationName, 'nl'));
  }

  organisationIds(): string[] {
    return [...this.counts.keys()];
  }
}

/** A share without counts from which one of a few clients could be known, also by subtracting. */
export function suppressed({ clients, complete, ...organisation }: Required<DataQualityShare>): DataQualityShare {
  if (clients < SMALLEST_COUNT) return organisation;
  const isSmall = (count: number) => count > 0 && count < SMALLEST_COUNT;
  return isSmall(complete) || isSmall(clients - complete)
    ? { ...organisation, clients }
    : { ...organisation, clients, complete };
}
