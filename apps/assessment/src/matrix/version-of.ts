import type { VersionMapping } from './mapping.js';
import { domainIn } from './matrix-version.js';
import type { MatrixVersion } from '#contracts/assessment/matrix.js';
import { fieldProblem, Refusal } from '#contracts/refusal.js';

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

/** The version of the matrix itself, no supplement, that somebody asked for. @throws Refusal `zrm-version-unknown` by field */
export function coreVersion(code: string, matrix: VersionMapping): MatrixVersion {
  const version = matrix.version(code);
  if (version?.kind === 'core') return version;
  const allowed = matrix.codes('core').join(', ');
  throw Refusal.ofFields([fieldProblem('matrixVersion', 'zrm-version-unknown', { allowed })]);
}
