import type { VersionMapping } from './mapping.js';
import { domainIn } from './matrix-version.js';
import type { MatrixVersion } from '#contracts/assessment/matrix.js';

/** Which of the versions by which a ZRM was filled in, the matrix itself or a supplement, has the domain. */
export function versionOf(
  domain: string,
  filledIn: { readonly matrixVersion: string; readonly supplements: readonly string[] },
  matrix: VersionMapping,
): MatrixVersion | undefined {
  return [filledIn.matrixVersion, ...filledIn.supplements]
    .flatMap((code) => matrix.version(code) ?? [])
    .find((version) => domainIn(version, domain) !== undefined);
}
