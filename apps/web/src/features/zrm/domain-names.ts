import type { MatrixDomain, MatrixVersions } from '../../api/zrm.js';
import { inLanguage } from '../../ui/problem-text.js';

/** How a domain is called, in one version of the matrix or in the one that is shown. */
export type NameOf = (domain: string, matrixVersion?: string) => string;

/** Names of domains. What no version knows keeps its code, so that nothing that was filled in goes unseen. */
export function domainNames({ items }: MatrixVersions, shownVersion: string | undefined): NameOf {
  return (domain, matrixVersion = shownVersion) => {
    const ordered = [...items].sort((a, b) => rankOf(b.code, matrixVersion) - rankOf(a.code, matrixVersion));
    const found = ordered.flatMap(({ domains }) => domains).find(({ code }) => code === domain);
    return found === undefined ? domain : inLanguage(found.name);
  };
}

const rankOf = (code: string, matrixVersion: string | undefined): number => (code === matrixVersion ? 1 : 0);

/** The domains of a version and of the supplements beside it, in their order. */
export function domainsOf(
  { items }: MatrixVersions,
  matrixVersion: string,
  supplements: readonly string[],
): MatrixDomain[] {
  return [matrixVersion, ...supplements].flatMap(
    (code) => items.find((version) => version.code === code)?.domains ?? [],
  );
}
