/** A version as numbers, most significant first. */
export type Version = readonly number[];

/** The first dotted number in what a program prints for `--version`; undefined when there is none. */
export function parseVersion(text: string): Version | undefined {
  const found = /(\d+(?:\.\d+)+)/.exec(text);
  return found?.[1]?.split('.').map(Number);
}

/** Whether `version` is `minimum` or newer; missing parts count as 0. */
export function atLeast(version: Version, minimum: Version): boolean {
  for (let part = 0; part < Math.max(version.length, minimum.length); part += 1) {
    const difference = (version[part] ?? 0) - (minimum[part] ?? 0);
    if (difference !== 0) return difference > 0;
  }
  return true;
}
