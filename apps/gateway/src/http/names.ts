import { Injectable } from '@nestjs/common';
import { type Names as ResolvedNames, resolveNames } from '#contracts/registration/names.js';
import { collectIds, type IdKind, idKinds, type Ids } from '#contracts/registration/referenced-ids.js';
import { Refusal } from '#contracts/refusal.js';
import { Bus } from '#messaging/bus.js';
import { isAllowed, type SignedInCaller } from '../sign-in/signed-in-caller.js';

/** Identifiers of one kind in one question; the contract's bound. */
const IDS_PER_QUESTION = 500;

const fieldOf = {
  client: 'clientIds',
  place: 'placeIds',
  cluster: 'clusterIds',
  organisation: 'organisationIds',
  person: 'personIds',
} as const satisfies Record<IdKind, string>;

/** What stands beside the fields of a reply: the names, or that they could not be had. */
export interface NamesBeside {
  names?: ResolvedNames;
  /** True when `registration` did not answer; the identifiers in the reply hold all the same. */
  namesMissing?: true;
}

/**
 * Joins display names onto the identifiers of a reply (design.md §1). Events and other services carry identifiers only;
 * names come from `registration`, which gives those that this caller may see.
 */
@Injectable()
export class Names {
  constructor(private readonly bus: Bus) {}

  /** The reply with `names` beside its own fields, or as it was when nothing in it has a name. */
  async addTo(answer: unknown, caller: SignedInCaller): Promise<unknown> {
    if (typeof answer !== 'object' || answer === null || Array.isArray(answer)) return answer;
    return { ...answer, ...(await this.beside(answer, caller)) };
  }

  /** The names for everything that `answer` refers to. */
  beside(answer: unknown, caller: SignedInCaller): Promise<NamesBeside> {
    return this.of(collectIds(answer), caller);
  }

  /** The names of these identifiers that the caller may see. */
  async of(ids: Ids, caller: SignedInCaller): Promise<NamesBeside> {
    if (idKinds.every((kind) => ids[kind].size === 0) || !isAllowed(resolveNames.allow, caller)) return {};
    try {
      return { names: await this.resolve(ids, caller) };
    } catch (error) {
      // Without names the list is still worth showing; what is wrong with registration shows elsewhere.
      if (error instanceof Refusal) return { namesMissing: true };
      throw error;
    }
  }

  /**
   * Each of several things with its own names beside it, asked in one go.
   * @param beside names that were asked before, of at least these things
   */
  async addToEach(items: readonly object[], caller: SignedInCaller, beside?: Promise<NamesBeside>): Promise<unknown[]> {
    const { names, ...missing } = await (beside ?? this.beside(items, caller));
    return items.map((item) => ({ ...item, ...(names ? { names: namesIn(names, collectIds(item)) } : missing) }));
  }

  private async resolve(ids: Ids, caller: SignedInCaller): Promise<ResolvedNames> {
    const token = await caller.token(resolveNames.service);
    const answers = await Promise.all(questions(ids).map((question) => this.bus.ask(resolveNames, question, token)));
    const all: ResolvedNames = { clients: {}, places: {}, clusters: {}, organisations: {}, people: {} };
    for (const { clients, places, clusters, organisations, people } of answers) {
      Object.assign(all.clients, clients);
      Object.assign(all.places, places);
      Object.assign(all.clusters, clusters);
      Object.assign(all.organisations, organisations);
      Object.assign(all.people, people);
    }
    return all;
  }
}

function questions(ids: Ids): Record<string, string[]>[] {
  const count = Math.ceil(Math.max(...idKinds.map((kind) => ids[kind].size)) / IDS_PER_QUESTION);
  return Array.from({ length: count }, (_, index) => {
    const start = index * IDS_PER_QUESTION;
    const parts = idKinds.map(
      (kind) => [fieldOf[kind], [...ids[kind]].slice(start, start + IDS_PER_QUESTION)] as const,
    );
    return Object.fromEntries(parts.filter(([, part]) => part.length > 0));
  });
}

/** The part of the names that belongs to some identifiers. */
function namesIn(names: ResolvedNames, ids: Ids): ResolvedNames {
  return {
    clients: pick(names.clients, ids.client),
    places: pick(names.places, ids.place),
    clusters: pick(names.clusters, ids.cluster),
    organisations: pick(names.organisations, ids.organisation),
    people: pick(names.people, ids.person),
  };
}

function pick<T>(known: Record<string, T>, ids: ReadonlySet<string>): Record<string, T> {
  return Object.fromEntries(Object.entries(known).filter(([id]) => ids.has(id)));
}
