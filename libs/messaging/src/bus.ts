import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { errors, headers } from '@nats-io/transport-node';
import { Clock, WallClock } from '#calendar/clock.js';
import { Refusal } from '#contracts/refusal.js';
import type { RequestDefinition } from '#contracts/request.js';
import { CALLER_HEADER, CLOCK_HEADER, DEADLINE_HEADER, TRACE_HEADER } from './headers.js';
import { Nats } from './nats.js';
import { currentTrace } from './trace.js';

/** Asks other services, by their contract. The wire format is that of Nest's NATS transport. */
@Injectable()
export class Bus {
  constructor(
    private readonly nats: Nats,
    private readonly wall: WallClock,
    private readonly clock: Clock,
  ) {}

  /**
   * Asks and waits for the answer.
   * @param callerToken signed proof of who asks (libs/access); the service trusts nothing else.
   * @throws Refusal what the service refused; `service-unavailable` (503) when no process of it runs, so that nothing
   * was changed; `deadline-exceeded` (503) when the answer did not come in time, so that something may have been.
   */
  async ask<P extends object, R>(definition: RequestDefinition<P, R>, payload: P, callerToken: string): Promise<R> {
    const sent = headers();
    sent.set(CALLER_HEADER, callerToken);
    sent.set(DEADLINE_HEADER, String(this.wall.now().getTime() + definition.deadlineMs));
    if (this.clock.offsetMs > 0) sent.set(CLOCK_HEADER, String(this.clock.offsetMs));
    const trace = currentTrace();
    if (trace) sent.set(TRACE_HEADER, trace.traceparent);
    const packet = JSON.stringify({ pattern: definition.subject, data: payload, id: randomUUID() });
    const reply = await this.request(definition, packet, sent);
    return readReply(definition, reply);
  }

  private async request(
    definition: RequestDefinition<object, unknown>,
    packet: string,
    sent: ReturnType<typeof headers>,
  ): Promise<unknown> {
    try {
      const subject = definition.subject;
      const answer = await this.nats.connection.request(subject, packet, {
        timeout: definition.deadlineMs,
        headers: sent,
      });
      return answer.json();
    } catch (error) {
      if (isNobodyThere(error)) throw Refusal.of('service-unavailable', { params: { service: definition.service } });
      if (isUndecided(error)) throw Refusal.of('deadline-exceeded', { params: { service: definition.service } });
      throw error;
    }
  }
}

function isNobodyThere(error: unknown): boolean {
  return error instanceof errors.NoRespondersError || (error instanceof errors.RequestError && error.isNoResponders());
}

/** The question may have reached somebody: late, or the connection broke meanwhile. */
function isUndecided(error: unknown): boolean {
  const causes = [error, error instanceof Error ? error.cause : undefined];
  return causes.some(
    (cause) =>
      cause instanceof errors.TimeoutError ||
      cause instanceof errors.ConnectionError ||
      cause instanceof errors.ClosedConnectionError ||
      cause instanceof errors.DrainingConnectionError ||
      cause instanceof errors.RequestError,
  );
}

function readReply<R>(definition: RequestDefinition<object, R>, reply: unknown): R {
  if (typeof reply !== 'object' || reply === null) throw new Error(`${definition.subject} gave no reply packet`);
  if ('err' in reply && reply.err) {
    const refusal = Refusal.fromJSON(reply.err);
    if (refusal) throw refusal;
    throw new Error(`${definition.subject} failed`);
  }
  // The reply's shape is the owner's promise, kept by `Handles` at compile time on its side.
  return ('response' in reply ? reply.response : undefined) as R;
}
