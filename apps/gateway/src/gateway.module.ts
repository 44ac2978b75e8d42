import { type DynamicModule, Module } from '@nestjs/common';
import { CallerTokenSigner } from '#access/caller-token.js';
import { Bus } from '#messaging/bus.js';
import { MESSAGING_OPTIONS } from '#messaging/messaging-options.js';
import { Nats } from '#messaging/nats.js';
import { PersistenceModule } from '#persistence/persistence.module.js';
import { clockProviders } from '#platform/demo-clock.js';
import { ApiDocumentsRoute } from './api-documents/api-documents.route.js';
import { ZrmExportsRoute } from './exports/zrm-exports.route.js';
import { GatewayConfig } from './gateway.config.js';
import { Names } from './http/names.js';
import { Registrar } from './http/registrar.js';
import { DownloadsRoute } from './imports/downloads.route.js';
import { UploadRoute } from './imports/upload.route.js';
import { LiveHints } from './live/live-hints.js';
import { LiveRoute } from './live/live.route.js';
import { DeadLettersRoute } from './operation/dead-letters.route.js';
import { GatewayMetrics } from './operation/gateway-metrics.js';
import { Probes } from './operation/probes.js';
import { SystemHealthRoute } from './operation/system-health.route.js';
import { CloudEventsParser } from './outside-events/cloud-events-parser.js';
import { OutsideEventsRoute } from './outside-events/outside-events.route.js';
import { AccessTokens } from './sign-in/access-tokens.js';
import { Authenticator } from './sign-in/authenticator.js';
import { CallerProofs } from './sign-in/caller-proofs.js';
import { CallerResolver } from './sign-in/caller-resolver.js';
import { Issuer } from './sign-in/issuer.js';
import { MeRoute } from './sign-in/me.route.js';
import { SessionKeys } from './sign-in/session-keys.js';
import { SessionRepository } from './sign-in/session.repository.js';
import { SessionsService } from './sign-in/sessions.service.js';
import { SignInCookies } from './sign-in/sign-in-cookies.js';
import { SignInRoutes } from './sign-in/sign-in.routes.js';
import { WebApp } from './web-app/web-app.js';

/** The HTTP door: a broker to ask through, a database for sessions only, and no rules. */
@Module({})
export class GatewayModule {
  static with(config: GatewayConfig): DynamicModule {
    const keys = new SessionKeys(config.SESSION_SECRET);
    // Made here, so that a wrong key is told in one line, before anything starts.
    const signer = new CallerTokenSigner(config.CALLER_PRIVATE_KEY);
    return {
      module: GatewayModule,
      imports: [
        PersistenceModule.forRoot({ url: config.MONGO_URL, name: `${config.DATABASE_PREFIX}doorstroom_gateway` }),
      ],
      providers: [
        { provide: GatewayConfig, useValue: config },
        ...clockProviders(config.DEMO_CLOCK === '1'),
        { provide: MESSAGING_OPTIONS, useValue: { service: 'gateway', natsUrl: config.NATS_URL } },
        Nats,
        Bus,
        { provide: CallerTokenSigner, useValue: signer },
        { provide: SessionKeys, useValue: keys },
        { provide: SignInCookies, useValue: new SignInCookies(config, keys) },
        SessionRepository,
        SessionsService,
        Issuer,
        AccessTokens,
        Authenticator,
        CallerProofs,
        CallerResolver,
        SignInRoutes,
        MeRoute,
        Names,
        Registrar,
        ApiDocumentsRoute,
        LiveHints,
        LiveRoute,
        UploadRoute,
        DownloadsRoute,
        ZrmExportsRoute,
        CloudEventsParser,
        OutsideEventsRoute,
        DeadLettersRoute,
        SystemHealthRoute,
        GatewayMetrics,
        Probes,
        WebApp,
      ],
    };
  }
}
