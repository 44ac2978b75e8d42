import type { ExecutionContext } from '@nestjs/common';
import type { Caller } from '#contracts/caller.js';

const callers = new WeakMap<object, Caller>();

/** Ties the proven caller to the message context of a request. */
export function rememberCaller(context: ExecutionContext, caller: Caller): void {
  callers.set(context.switchToRpc().getContext<object>(), caller);
}

/** The proven caller of a request. @throws Error when the edge did not run: then nobody may be assumed. */
export function callerOf(context: ExecutionContext): Caller {
  const caller = callers.get(context.switchToRpc().getContext<object>());
  if (!caller) throw new Error('no proven caller in this context');
  return caller;
}
