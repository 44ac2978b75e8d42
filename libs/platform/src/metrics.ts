import { Injectable } from '@nestjs/common';
import { collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import { WallClock } from '#calendar/clock.js';
import { DeadLetters } from '#messaging/dead-letters.js';
import { Outbox } from '#messaging/outbox.js';

/** Prometheus metrics of a service. No label ever holds personal data or identifiers of clients. */
@Injectable()
export class Metrics {
  readonly registry = new Registry();

  constructor(outbox: Outbox, deadLetters: DeadLetters, clock: WallClock) {
    collectDefaultMetrics({ register: this.registry });
    const pending = new Gauge({
      name: 'doorstroom_outbox_pending',
      help: 'Facts committed and not yet acknowledged by the broker',
      registers: [this.registry],
    });
    const age = new Gauge({
      name: 'doorstroom_outbox_oldest_seconds',
      help: 'Age of the oldest fact that waits to be published',
      registers: [this.registry],
    });
    new Gauge({
      name: 'doorstroom_dead_letters',
      help: 'Facts that wait for an operator',
      registers: [this.registry],
      async collect() {
        this.set(await deadLetters.count());
        const backlog = await outbox.backlog();
        pending.set(backlog.count);
        age.set(backlog.oldest ? (clock.now().getTime() - backlog.oldest.getTime()) / 1_000 : 0);
      },
    });
  }
}
