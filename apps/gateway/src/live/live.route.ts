import { type BeforeApplicationShutdown, Injectable, type OnModuleInit } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Clock, WallClock } from '#calendar/clock.js';
import { roles } from '#contracts/codes.js';
import { meldingenSince } from '#contracts/notifications/meldingen.js';
import type { Ids } from '#contracts/registration/referenced-ids.js';
import { Refusal } from '#contracts/refusal.js';
import { Bus } from '#messaging/bus.js';
import { Names } from '../http/names.js';
import type { OwnRoute } from '../http/route.js';
import { GatewayMetrics } from '../operation/gateway-metrics.js';
import { CallerResolver } from '../sign-in/caller-resolver.js';
import type { Identity } from '../sign-in/identity.js';
import { SessionsService } from '../sign-in/sessions.service.js';
import type { SignedInCaller } from '../sign-in/signed-in-caller.js';
import { EventWriter } from './event-writer.js';
import { FollowedInboxes } from './followed-inboxes.js';
import { LiveHints } from './live-hints.js';
import { NamesAhead } from './names-ahead.js';
import { MeldingenStream, type StreamSource } from './meldingen-stream.js';
import { positionFrom } from './sent-meldingen.js';

export const STREAM_PATH = '/v1/meldingen/stream';
/** Open streams of one person in one process: pages on several devices and tabs. */
const STREAMS_PER_PERSON = 12;
/** When a person with too many may try again, seconds. */
const TRY_AGAIN_SECONDS = 30;

/** `GET /v1/meldingen/stream`: one's own meldingen as they change (server-sent events). */
@Injectable()
export class LiveRoute implements OnModuleInit, BeforeApplicationShutdown {
  private readonly open = new Map<string, Set<MeldingenStream>>();
  private isStopping = false;

  constructor(
    private readonly bus: Bus,
    private readonly names: Names,
    private readonly callers: CallerResolver,
    private readonly sessions: SessionsService,
    private readonly hints: LiveHints,
    private readonly wall: WallClock,
    private readonly clock: Clock,
    private readonly metrics: GatewayMetrics,
  ) {}

  onModuleInit(): void {
    this.clock.onMoved(() => {
      // Whom somebody replaces goes by the date.
      this.callers.forgetAll();
      for (const streams of this.open.values()) for (const stream of streams) stream.dateMoved(this.date());
    });
  }

  operation(): OwnRoute {
    return {
      method: 'GET',
      path: STREAM_PATH,
      tag: 'meldingen',
      summary: 'Your meldingen as they change; resumes after Last-Event-ID',
      allow: roles,
      produces: 'text/event-stream',
      handle: (request, reply, caller) => {
        if (caller) this.connect(request, reply, caller);
        return reply;
      },
    };
  }

  /** Streams have no end of their own: without this, stopping would wait for ever. */
  beforeApplicationShutdown(): void {
    this.isStopping = true;
    for (const streams of [...this.open.values()]) for (const stream of [...streams]) stream.end();
  }

  private connect(request: FastifyRequest, reply: FastifyReply, caller: SignedInCaller): void {
    if (this.isStopping) throw Refusal.of('service-unavailable');
    const { personId } = caller.person;
    const streams = this.open.get(personId) ?? new Set();
    if (streams.size >= STREAMS_PER_PERSON) {
      throw Refusal.of('too-many-requests', { params: { seconds: TRY_AGAIN_SECONDS } });
    }
    sendHead(reply);
    const stopListening: (() => void)[] = [];
    const ahead = new NamesAhead(this.names);
    const followed = new FollowedInboxes(
      (colleague, listener) => this.hints.listen(colleague, listener),
      (name, data) => stream.notice(name, data),
    );
    const stream: MeldingenStream = new MeldingenStream(
      new EventWriter(reply.raw),
      this.sourceFor(caller, followed, ahead),
      positionFrom(request.headers['last-event-id']),
      () => {
        for (const stop of stopListening) stop();
        followed.end();
        streams.delete(stream);
        if (streams.size === 0) this.open.delete(personId);
        this.metrics.streamClosed();
      },
    );
    this.open.set(personId, streams.add(stream));
    this.metrics.streamOpened();
    // Listening comes before asking: what changes in between is hinted at.
    stopListening.push(
      this.hints.listen(personId, (refers) => {
        if (refers) this.askAhead(ahead, refers, caller.identity);
        stream.pull();
      }),
    );
    // What somebody may see follows from who they are to others now; each question looks, and so does each hint.
    stopListening.push(this.hints.listenToRelations(personId, () => stream.pull()));
    followed.update(caller);
    stopListening.push(this.endWithSession(caller.identity, stream));
    reply.raw.on('close', () => stream.end());
    stream.start();
    // It may have been moved while the page was not connected.
    if (this.clock.offsetMs > 0) stream.notice('clock', this.date());
  }

  private date(): { now: string; offset: number } {
    return { now: this.clock.now().toISOString(), offset: this.clock.offsetMs };
  }

  private askAhead(ahead: NamesAhead, refers: Ids, identity: Identity): void {
    // Who may not ask now is told so by the question itself.
    void this.callers.resolve(identity).then(
      (caller) => ahead.expect(refers, caller),
      () => undefined,
    );
  }

  private sourceFor({ identity, person }: SignedInCaller, followed: FollowedInboxes, ahead: NamesAhead): StreamSource {
    const isSame = (now: SignedInCaller): boolean =>
      now.person.personId === person.personId && now.person.roles.join() === person.roles.join();
    return {
      ask: async (question) => {
        // Roles and relations as they are now: a caseload that changed counts from the next question on.
        const caller = await this.callers.resolve(identity);
        if (!isSame(caller)) throw Refusal.of('session-expired');
        followed.update(caller);
        return this.bus.ask(meldingenSince, question, await caller.token(meldingenSince.service));
      },
      withNames: async (meldingen) => ahead.addToEach(meldingen, await this.callers.resolve(identity)),
      isSignedIn: () => this.isSignedIn(identity),
      now: () => this.wall.now().getTime(),
    };
  }

  private isSignedIn(identity: Identity): Promise<boolean> {
    if (identity.via === 'session') return this.sessions.isLive(identity.sessionKey);
    return Promise.resolve(identity.expiresAt > this.wall.now().getTime());
  }

  private endWithSession(identity: Identity, stream: MeldingenStream): () => void {
    return this.sessions.onClosed((closed) => {
      if (identity.via === 'session' && identity.sessionKey === closed) stream.end();
    });
  }
}

/** Takes the connection over from the framework: headers now, events as they come. */
function sendHead(reply: FastifyReply): void {
  reply.hijack();
  for (const [name, value] of Object.entries(reply.getHeaders())) {
    if (value !== undefined) reply.raw.setHeader(name, value);
  }
  reply.raw.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
    // A proxy that collects before it passes on would make live late.
    'x-accel-buffering': 'no',
  });
  reply.raw.flushHeaders();
}
