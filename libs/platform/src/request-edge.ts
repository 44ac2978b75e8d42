import {
  type ArgumentsHost,
  type CallHandler,
  type CanActivate,
  Catch,
  type ExceptionFilter,
  type ExecutionContext,
  Injectable,
  Logger,
  type NestInterceptor,
} from '@nestjs/common';
import { BaseExceptionFilter, HttpAdapterHost, Reflector } from '@nestjs/core';
import { NatsContext } from '@nestjs/microservices';
import { from, type Observable, switchMap, throwError } from 'rxjs';
import { AccessLog } from '#access/access-log.js';
import { CallerTokenVerifier } from '#access/caller-token.js';
import { Protected } from '#access/protected.js';
import { AdjustableClock, Clock, WallClock } from '#calendar/clock.js';
import type { Caller } from '#contracts/caller.js';
import { Refusal } from '#contracts/refusal.js';
import type { RequestDefinition } from '#contracts/request.js';
import { FactContext } from '#messaging/fact-context.js';
import { CALLER_HEADER, CLOCK_HEADER, DEADLINE_HEADER } from '#messaging/headers.js';
import { currentTrace, failCurrentSpan } from '#messaging/trace.js';
import { isStorageAway } from '#persistence/storage-away.js';
import { REQUEST_DEFINITION } from './handles.js';
import { callerOf, rememberCaller } from './request-context.js';

type AnyRequest = RequestDefinition<object, unknown>;

/** Proves the caller of every request and refuses roles that the contract does not name. Default deny. */
@Injectable()
export class RequestGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly verifier: CallerTokenVerifier,
    private readonly wall: WallClock,
    private readonly clock: Clock,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    if (context.getType() !== 'rpc' || isFact(context)) return true;
    const definition = this.reflector.get<AnyRequest | undefined>(REQUEST_DEFINITION, context.getHandler());
    if (!definition) throw Refusal.of('not-permitted');
    const now = this.wall.now();
    const deadline = Number(header(context, DEADLINE_HEADER));
    // Nobody waits for the answer any more: starting the work would only surprise them later.
    if (Number.isFinite(deadline) && deadline > 0 && deadline < now.getTime()) {
      throw Refusal.of('service-unavailable', { params: { service: definition.service } });
    }
    const caller = await this.verifier.verify(header(context, CALLER_HEADER), definition.service, now);
    if (!isAllowed(definition, caller)) throw Refusal.of('not-permitted');
    rememberCaller(context, caller);
    this.keepUp(Number(header(context, CLOCK_HEADER)));
    return true;
  }

  /** Who asks may have heard of a move of the date earlier than we: what they get may not be of before it. */
  private keepUp(offsetMs: number): void {
    if (this.clock instanceof AdjustableClock && Number.isSafeInteger(offsetMs)) this.clock.raiseOffset(offsetMs);
  }
}

/** Opens protected answers after the access was logged; an answer with client data that is not sealed is a defect. */
@Injectable()
export class DisclosureInterceptor implements NestInterceptor {
  constructor(
    private readonly reflector: Reflector,
    private readonly accessLog: AccessLog,
  ) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    if (context.getType() !== 'rpc' || isFact(context)) return next.handle();
    const definition = this.reflector.get<AnyRequest>(REQUEST_DEFINITION, context.getHandler());
    return next.handle().pipe(switchMap((answer: unknown) => from(this.open(definition, context, answer))));
  }

  private async open(definition: AnyRequest, context: ExecutionContext, answer: unknown): Promise<unknown> {
    if (answer instanceof Protected) {
      const value: unknown = await this.accessLog.disclose(callerOf(context), definition.subject, answer);
      return value ?? null;
    }
    if (definition.clientData) throw new Error(`${definition.subject} promises sealed client data`);
    return answer ?? null;
  }
}

/** Turns what a handler throws into what the asker may know; facts keep their error for the strategy. */
@Catch()
export class RequestErrorFilter implements ExceptionFilter {
  private readonly logger = new Logger('Request');
  private readonly http: BaseExceptionFilter;

  constructor(adapter: HttpAdapterHost) {
    this.http = new BaseExceptionFilter(adapter.httpAdapter);
  }

  catch(error: unknown, host: ArgumentsHost): Observable<never> | undefined {
    if (host.getType() === 'http') {
      // Health and metrics; the gateway maps its own errors.
      this.http.catch(error, host);
      return undefined;
    }
    if (host.switchToRpc().getContext<unknown>() instanceof FactContext) return throwError(() => error);
    if (error instanceof Refusal) return throwError(() => error.toJSON());
    const correlationId = currentTrace()?.correlationId ?? 'unknown';
    this.logger.error(error instanceof Error ? error : new Error(JSON.stringify(error)));
    failCurrentSpan(error);
    const code = isStorageAway(error) ? 'storage-unavailable' : 'unexpected';
    return throwError(() => Refusal.of(code, { params: { correlationId } }).toJSON());
  }
}

function isAllowed(definition: AnyRequest, caller: Caller): boolean {
  if (caller.kind !== 'person') return definition.allow.includes(caller.kind);
  return caller.roles.some((role) => definition.allow.includes(role));
}

function isFact(context: ExecutionContext): boolean {
  return context.switchToRpc().getContext<unknown>() instanceof FactContext;
}

function header(context: ExecutionContext, name: string): string | undefined {
  const rpc: unknown = context.switchToRpc().getContext<unknown>();
  if (!(rpc instanceof NatsContext)) return undefined;
  const headers: unknown = rpc.getHeaders();
  if (typeof headers !== 'object' || headers === null || !('get' in headers)) return undefined;
  const get: unknown = headers.get;
  const value: unknown = typeof get === 'function' ? get.call(headers, name) : undefined;
  return typeof value === 'string' && value !== '' ? value : undefined;
}
