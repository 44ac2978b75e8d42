import type { Method, Operation } from './route.js';

/** `/v1/clients/{clientId}` as the router writes it: `/v1/clients/:clientId`. */
export function routerPath(path: string): string {
  return path.replaceAll(/\{(\w+)\}/g, ':$1');
}

/** Names of the parameters in a path. */
export function pathParameters(path: string): string[] {
  return [...path.matchAll(/\{(\w+)\}/g)].flatMap(([, name]) => (name === undefined ? [] : [name]));
}

/** A path with its braces filled in from a record; a missing value stays visible as its brace. */
export function fillPath(path: string, values: object): string {
  const known = new Map<string, unknown>(Object.entries(values));
  return path.replaceAll(/\{(\w+)\}/g, (brace, name: string) => {
    const value = known.get(name);
    return typeof value === 'string' || typeof value === 'number' ? encodeURIComponent(value) : brace;
  });
}

/** Tells which methods a path knows, for the answer 405. */
export class PathMethods {
  private readonly patterns: { method: Method; pattern: RegExp }[];

  constructor(operations: readonly Operation[]) {
    this.patterns = operations.map(({ method, path }) => ({ method, pattern: patternOf(path) }));
  }

  /** Methods that exist for a request path (without its query); empty when nothing is there. */
  of(path: string): Method[] {
    return this.patterns.filter(({ pattern }) => pattern.test(path)).map(({ method }) => method);
  }
}

function patternOf(path: string): RegExp {
  const escaped = path.replaceAll(/[.*+?^$()|[\]\\]/g, String.raw`\$&`);
  return new RegExp(`^${escaped.replaceAll(/\{\w+\}/g, '[^/]+')}$`);
}
