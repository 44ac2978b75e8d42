import type { MatrixDomain, MatrixVersion } from '#contracts/assessment/matrix.js';

/** The domain with this code, or undefined when the version does not have it. */
export function domainIn(version: MatrixVersion, code: string): MatrixDomain | undefined {
  return version.domains.find((domain) => domain.code === code);
}

/** Whether two names are the same for a reader: capitals, spaces and dashes do not count. */
export function sameName(a: string, b: string): boolean {
  return keyOfName(a) === keyOfName(b);
}

/** A name by which it is found again. */
export function keyOfName(name: string): string {
  return name
    .trim()
    .replaceAll(/[\s-]+/g, ' ')
    .toLowerCase();
}
