import type { Incomparability } from '#contracts/assessment/codes.js';
import { sameName } from './matrix-version.js';
import type { MatrixVersion } from '#contracts/assessment/matrix.js';

/** Domains that are about the same thing in two versions: one to one, one split over several, several merged, or lost. */
export interface DomainLink {
  readonly older: readonly string[];
  readonly newer: readonly string[];
}

/** How one version went over into the next. A domain that no link names has no counterpart. */
export interface VersionStep {
  readonly older: string;
  readonly newer: string;
  readonly links: readonly DomainLink[];
}

/**
 * What a domain of one version is in another. Comparable only when it went one to one through every version between
 * them, so that a level means the same; `renamed` when people know it by another name there. Otherwise the reason, and the
 * domains there that have something to do with it.
 */
export type DomainMatch =
  | { readonly comparable: true; readonly domain: string; readonly renamed: boolean }
  | { readonly comparable: false; readonly reason: Incomparability; readonly related: readonly string[] };

/** The counterparts of a domain over one step, and whether it is one to one. */
interface Counterparts {
  readonly domains: readonly string[];
  readonly oneToOne: boolean;
}

/**
 * The versions and the steps between them. The steps form a line (or a tree), so that there is one way from each version
 * to another; a supplement stands apart, and nothing of it is comparable with a domain of the matrix itself.
 */
export class VersionMapping {
  readonly #versions: ReadonlyMap<string, MatrixVersion>;
  /** Found before: there are few, and a page of clients asks for each of them many times. */
  readonly #matches = new Map<string, DomainMatch>();

  /** @throws TypeError when a step names a version or domain that is not there, or a domain twice: wrong data */
  constructor(
    versions: readonly MatrixVersion[],
    private readonly steps: readonly VersionStep[],
  ) {
    this.#versions = new Map(versions.map((version) => [version.code, version]));
    for (const step of steps) {
      this.#check(
        step.older,
        step.links.flatMap(({ older }) => older),
      );
      this.#check(
        step.newer,
        step.links.flatMap(({ newer }) => newer),
      );
    }
  }

  /** The version with this code, or undefined. */
  version(code: string): MatrixVersion | undefined {
    return this.#versions.get(code);
  }

  /** Codes of the versions of a kind, in the order in which they were given. */
  codes(kind: MatrixVersion['kind']): readonly string[] {
    return [...this.#versions.values()].filter((version) => version.kind === kind).map(({ code }) => code);
  }

  /**
   * The match of a domain in another version. Defined for every domain of every version; symmetric where comparable, and
   * transitive: what is comparable with the same is comparable with each other.
   * @throws TypeError for a version or domain that is not there
   */
  match(from: string, domain: string, to: string): DomainMatch {
    const key = JSON.stringify([from, domain, to]);
    const known = this.#matches.get(key);
    if (known !== undefined) return known;
    const match = this.#matchAnew(from, domain, to);
    this.#matches.set(key, match);
    return match;
  }

  #matchAnew(from: string, domain: string, to: string): DomainMatch {
    const name = this.#domain(from, domain).name.nl;
    this.#known(to);
    const route = this.#route(from, to);
    let [current, oneToOne] = [[domain], true];
    for (const [at, next] of route?.pairs ?? []) {
      const counterparts = current.map((code) => this.#counterparts(at, code, next));
      oneToOne &&= counterparts.every((found) => found.oneToOne);
      current = [...new Set(counterparts.flatMap(({ domains }) => domains))];
    }
    const [only, ...others] = route === undefined ? [] : current;
    if (only === undefined) return { comparable: false, reason: 'absent', related: [] };
    if (oneToOne) return { comparable: true, domain: only, renamed: !sameName(name, this.#domain(to, only).name.nl) };
    return { comparable: false, reason: others.length > 0 ? 'split' : 'merged', related: current };
  }

  /** Each pair of versions on the way from one to the other, or undefined when there is no way. */
  #route(from: string, to: string): { readonly pairs: readonly (readonly [string, string])[] } | undefined {
    const ways = new Map<string, readonly (readonly [string, string])[]>([[from, []]]);
    // A map that grows while it is walked is walked to its new end: breadth first.
    for (const [at, pairs] of ways) {
      if (at === to) return { pairs };
      for (const { older, newer } of this.steps) {
        const next = older === at ? newer : newer === at ? older : undefined;
        if (next !== undefined && !ways.has(next)) ways.set(next, [...pairs, [at, next]]);
      }
    }
    return undefined;
  }

  #counterparts(at: string, domain: string, next: string): Counterparts {
    for (const step of this.steps) {
      const forward = step.older === at && step.newer === next;
      if (!forward && !(step.newer === at && step.older === next)) continue;
      for (const { older, newer } of step.links) {
        const [here, there] = forward ? [older, newer] : [newer, older];
        if (here.includes(domain)) return { domains: there, oneToOne: here.length === 1 && there.length === 1 };
      }
    }
    return { domains: [], oneToOne: false };
  }

  #check(version: string, domains: readonly string[]): void {
    for (const domain of domains) this.#domain(version, domain);
    if (new Set(domains).size < domains.length) throw new TypeError(`a domain of ${version} is linked twice`);
  }

  #known(code: string): MatrixVersion {
    const version = this.#versions.get(code);
    if (version === undefined) throw new TypeError(`there is no version ${code} of the ZRM`);
    return version;
  }

  #domain(version: string, code: string) {
    const found = this.#known(version).domains.find((domain) => domain.code === code);
    if (found === undefined) throw new TypeError(`version ${version} of the ZRM has no domain ${code}`);
    return found;
  }
}
