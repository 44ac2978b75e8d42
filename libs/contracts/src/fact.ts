import type { PayloadClass } from './request.js';

/**
 * A CloudEvent 1.0 in JSON, by the NL GOV profile (design.md §4, API): `source` a URN, `type` reverse-domain and
 * versioned, nothing sensitive in attributes, at most 64 KB.
 */
export interface CloudEvent<D extends object = object> {
  specversion: '1.0';
  id: string;
  source: string;
  type: string;
  /** What the fact is about: an identifier, never a name. */
  subject?: string;
  /** Instant at which the change was committed, UTC. */
  time: string;
  datacontenttype: 'application/json';
  /** Facts with the same key are ordered by `sequence` (extensions partitioning and sequence). */
  partitionkey: string;
  /** Version of the aggregate named by `partitionkey`, decimal; `0` where order has no meaning. */
  sequence: string;
  /** W3C trace context (extension distributed tracing). */
  traceparent?: string;
  data: D;
}

/** Streams by purpose: what happened in the domain, and who saw or changed client data. */
export type StreamName = 'FACTS' | 'ACCESS';

/** One kind of fact that a service publishes. Facts carry identifiers and codes only. */
export interface FactDefinition<D extends object> {
  /** `nl.doorstroom.<service>.<name>.v<major>`. */
  readonly type: string;
  /** Broker subject: `facts.<service>.<name>.v<major>`. */
  readonly subject: string;
  readonly service: string;
  readonly stream: StreamName;
  readonly data: PayloadClass<D>;
  /** One sentence for the event catalogue. */
  readonly summary: string;
}

const registry = new Map<string, FactDefinition<object>>();
const TYPE = /^nl\.doorstroom\.([a-z-]+)\.([a-z-]+)\.(v\d+)$/;

/**
 * Defines a fact by its CloudEvents type.
 * @throws Error when the type is malformed or was defined before.
 */
export function defineFact<D extends object>(
  type: string,
  options: { data: PayloadClass<D>; summary: string; stream?: StreamName },
): FactDefinition<D> {
  const [, service, name, version] = TYPE.exec(type) ?? [];
  if (!service || !name || !version) throw new Error(`Event type ${type} is not nl.doorstroom.<service>.<name>.v<n>`);
  if (registry.has(type)) throw new Error(`Event type ${type} is defined twice`);
  const stream = options.stream ?? 'FACTS';
  const definition = {
    type,
    subject: `${stream.toLowerCase()}.${service}.${name}.${version}`,
    service,
    stream,
    data: options.data,
    summary: options.summary,
  };
  registry.set(type, definition);
  return definition;
}

/** All facts defined by the contract files that were imported, in order of type. */
export function allFacts(): FactDefinition<object>[] {
  return [...registry.values()].sort((a, b) => a.type.localeCompare(b.type));
}
