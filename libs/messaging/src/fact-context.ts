import { BaseRpcContext } from '@nestjs/microservices';
import type { CloudEvent } from '#contracts/fact.js';

/** Nest's context of a fact in hand; filters tell facts from requests by it. */
export class FactContext extends BaseRpcContext<[CloudEvent]> {
  get event(): CloudEvent {
    return this.args[0];
  }
}
