import { Injectable } from '@nestjs/common';
import { Clock } from '#calendar/clock.js';
import { CONSUMING_SERVICES, deadLetterRequests } from '#contracts/dead-letters.js';
import { Bus } from '#messaging/bus.js';
import { Nats } from '#messaging/nats.js';
import { Database } from '#persistence/database.js';
import type { OwnRoute } from '../http/route.js';
import { Issuer } from '../sign-in/issuer.js';
import type { SignedInCaller } from '../sign-in/signed-in-caller.js';

/** One part of the system, as seen from the gateway at this moment. */
export interface PartHealth {
  name: string;
  state: 'up' | 'down';
  /** Milliseconds until it answered. */
  answeredIn?: number;
  /** Facts of this service that wait for an operator; at most 200 are counted. */
  deadLetters?: number;
}

/** How the system is doing, for the operator. */
export interface SystemHealth {
  at: string;
  state: 'up' | 'degraded';
  parts: PartHealth[];
}

/** Dead letters that one question counts. */
const COUNTED = 200;

/** `GET /v1/system-health`. */
@Injectable()
export class SystemHealthRoute {
  constructor(
    private readonly bus: Bus,
    private readonly nats: Nats,
    private readonly database: Database,
    private readonly issuer: Issuer,
    private readonly clock: Clock,
  ) {}

  operation(): OwnRoute {
    return {
      method: 'GET',
      path: '/v1/system-health',
      tag: 'operation',
      summary: 'Which parts of the system answer, and how many facts wait for an operator',
      allow: ['beheerder'],
      replies: 'SystemHealth',
      handle: (_request, _reply, caller) => caller && this.look(caller),
    };
  }

  private async look(caller: SignedInCaller): Promise<SystemHealth> {
    const parts = await Promise.all([
      measured('broker', async () => {
        if (!(await this.nats.isReachable())) throw new Error('no answer');
        return {};
      }),
      measured('sessions', async () => {
        if (!(await this.database.isReachable())) throw new Error('no answer');
        return {};
      }),
      measured('issuer', async () => {
        await this.issuer.known();
        return {};
      }),
      ...CONSUMING_SERVICES.map((service) =>
        measured(service, async () => {
          const { list } = deadLetterRequests(service);
          const { items } = await this.bus.ask(list, { state: 'dead', limit: COUNTED }, await caller.token(service));
          return { deadLetters: items.length };
        }),
      ),
    ]);
    const isUp = parts.every(({ state }) => state === 'up');
    return { at: this.clock.now().toISOString(), state: isUp ? 'up' : 'degraded', parts };
  }
}

async function measured(name: string, work: () => Promise<Pick<PartHealth, 'deadLetters'>>): Promise<PartHealth> {
  const began = performance.now();
  try {
    const found = await work();
    return { name, state: 'up', answeredIn: Math.round(performance.now() - began), ...found };
  } catch {
    return { name, state: 'down' };
  }
}
