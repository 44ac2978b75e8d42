/** Lists and objects within each other; ours go four deep. */
const DEEPEST = 32;

/**
 * Whether JSON is nested deeper than anything that we take. What reads and writes JSON goes down by calling itself, so
 * that a small text of brackets alone would exhaust the stack of the process.
 */
export function isTooDeep(value: unknown): boolean {
  let level = insides([value]);
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > DEEPEST) return true;
    level = insides(level);
  }
  return false;
}

/** Fields by which an object says of which class it is; what reads our payloads believes it, and falls over. */
const CLASS_FIELDS: ReadonlySet<string> = new Set(['constructor', '__proto__']);

/** Whether JSON, not nested too deep, has a field that would make an object one of another class. */
export function hasClassFields(value: unknown): boolean {
  if (!isHolder(value)) return false;
  return Object.entries(value).some(([name, inside]) => CLASS_FIELDS.has(name) || hasClassFields(inside));
}

/** What is directly within the lists and objects among some values, as far as it can hold more. */
function insides(values: readonly unknown[]): object[] {
  const found: object[] = [];
  for (const value of values) {
    if (typeof value !== 'object' || value === null) continue;
    for (const inside of Object.values(value)) if (isHolder(inside)) found.push(inside);
  }
  return found;
}

function isHolder(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
