import { plainToInstance } from 'class-transformer';
import { validate } from 'class-validator';
import type { CloudEvent, FactDefinition } from '#contracts/fact.js';

/** A fact that no retry can mend: malformed, of an unknown type or with invalid data. */
export class PoisonFact extends Error {
  override readonly name = 'PoisonFact';

  /** @param event the fact itself, where its envelope could be read: an operator can then mend its data. */
  constructor(
    message: string,
    readonly event?: CloudEvent,
  ) {
    super(message);
  }
}

/** A version: a whole number that JavaScript holds exactly. */
const SEQUENCE = /^\d{1,15}$/;

/**
 * Reads a CloudEvent from the wire and checks its data. Unknown fields are left out, so that a newer producer does not
 * break an older consumer (design.md §4, Validation).
 * @throws PoisonFact
 */
export async function parseFact<D extends object>(fact: FactDefinition<D>, text: string): Promise<CloudEvent<D>> {
  const envelope = readEnvelope(text);
  if (envelope.type !== fact.type) throw new PoisonFact(`expected ${fact.type}, got ${envelope.type}`, envelope);
  const data = plainToInstance(fact.data, envelope.data);
  const problems = await validate(data, { whitelist: true, forbidUnknownValues: true });
  const first = problems[0];
  if (first) {
    const reasons = Object.keys(first.constraints ?? {}).join(', ');
    throw new PoisonFact(`data.${first.property} is invalid (${reasons || 'nested'})`, envelope);
  }
  return { ...envelope, data };
}

function readEnvelope(text: string): CloudEvent {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new PoisonFact('not JSON');
  }
  if (!isEnvelope(value)) throw new PoisonFact('not a CloudEvent 1.0 with id, source, type, time, order and data');
  return value;
}

function isEnvelope(value: unknown): value is CloudEvent {
  if (typeof value !== 'object' || value === null) return false;
  const record = new Map<string, unknown>(Object.entries(value));
  const texts = ['id', 'source', 'type', 'time', 'partitionkey', 'sequence'];
  const data = record.get('data');
  return (
    record.get('specversion') === '1.0' &&
    texts.every((name) => typeof record.get(name) === 'string') &&
    SEQUENCE.test(String(record.get('sequence'))) &&
    typeof data === 'object' &&
    data !== null
  );
}
