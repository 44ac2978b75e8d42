import { createParamDecorator, type ExecutionContext, SetMetadata } from '@nestjs/common';
import { MessagePattern, Payload, Transport } from '@nestjs/microservices';
import type { Protected } from '#access/protected.js';
import type { Caller } from '#contracts/caller.js';
import type { RequestDefinition } from '#contracts/request.js';
import { callerOf } from './request-context.js';

/** Metadata key under which the edge finds a handler's contract. */
export const REQUEST_DEFINITION = 'doorstroom:request-definition';

const CallerParam = createParamDecorator((_: unknown, context: ExecutionContext) => callerOf(context));

/** What a handler of a request gives back: client data sealed, anything else as it is. */
type Answer<R> = Promise<R | Protected<R>>;

/**
 * Marks a controller method as the answer to a request: `method(payload: P, caller: Caller): Promise<R | Protected<R>>`.
 * The edge (request-edge.ts) proves the caller, checks the roles and opens protected answers.
 */
export function Handles<P extends object, R>(definition: RequestDefinition<P, R>) {
  return <M extends (payload: P, caller: Caller) => Answer<R>>(
    target: object,
    key: string,
    descriptor: TypedPropertyDescriptor<M>,
  ): void => {
    Payload()(target, key, 0);
    CallerParam()(target, key, 1);
    SetMetadata(REQUEST_DEFINITION, definition)(target, key, descriptor);
    MessagePattern(definition.subject, Transport.NATS)(target, key, descriptor);
  };
}
