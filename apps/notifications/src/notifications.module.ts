import { type DynamicModule, Module } from '@nestjs/common';
import { DeadlinesModule } from '#deadlines/deadlines.module.js';
import { PlatformModule } from '#platform/platform.module.js';
import { AbsencesService } from './caseloads/absences.service.js';
import { CaseloadsController } from './caseloads/caseloads.controller.js';
import { CaseloadsRepository } from './caseloads/caseloads.repository.js';
import { CaseloadsService } from './caseloads/caseloads.service.js';
import { PeopleKnown } from './caseloads/people-known.js';
import { MailService } from './channels/mail.service.js';
import { Mailer } from './channels/mailer.js';
import { PreferencesController } from './channels/preferences.controller.js';
import { PreferencesRepository } from './channels/preferences.repository.js';
import { ClientRecordsRepository } from './directory/client-records.repository.js';
import { DirectoryRepository } from './directory/directory.repository.js';
import { AssignmentService } from './meldingen/assignment.service.js';
import { ClientMeldingenService } from './meldingen/client-meldingen.service.js';
import { DeliveryService } from './meldingen/delivery.service.js';
import { EventReceipts } from './meldingen/event-receipts.js';
import { FactsController } from './meldingen/facts.controller.js';
import { InboxAccess } from './meldingen/inbox-access.js';
import { InboxService } from './meldingen/inbox.service.js';
import { LiveHints } from './meldingen/live-hints.js';
import { MergedClientsService } from './meldingen/merged-clients.service.js';
import { MeldingenController } from './meldingen/meldingen.controller.js';
import { MeldingenRepository } from './meldingen/meldingen.repository.js';
import { MeldingenService } from './meldingen/meldingen.service.js';
import { ReplacementService } from './meldingen/replacement.service.js';
import { ReturnService } from './meldingen/return.service.js';
import { SettlingService } from './meldingen/settling.service.js';
import { SharingService } from './meldingen/sharing.service.js';
import { StepsService } from './meldingen/steps.service.js';
import { NotificationsConfig } from './notifications-config.js';
import { ResponsibilitiesReader } from './rules/responsibilities.reader.js';
import { RulesController } from './rules/rules.controller.js';
import { RulePreviewService } from './rules/rule-preview.service.js';
import { RulesRepository } from './rules/rules.repository.js';
import { RulesService } from './rules/rules.service.js';
import { SettingsRepository } from './rules/settings.repository.js';
import { SettingsService } from './rules/settings.service.js';
import { WebhookQueue } from './webhooks/webhook-queue.js';
import { WebhookSecrets } from './webhooks/webhook-secrets.js';
import { WebhookSender } from './webhooks/webhook-sender.js';
import { WebhooksController } from './webhooks/webhooks.controller.js';
import { WebhooksRepository } from './webhooks/webhooks.repository.js';
import { WebhooksService } from './webhooks/webhooks.service.js';

/** From events to meldingen: rules, inboxes, channels (domain.md §9). */
@Module({})
export class NotificationsModule {
  static with(config: NotificationsConfig): DynamicModule {
    return {
      module: NotificationsModule,
      imports: [
        PlatformModule.forService('notifications', config),
        DeadlinesModule.forService('notifications', {
          redisUrl: config.REDIS_URL,
          prefix: `${config.DATABASE_PREFIX}doorstroom_notifications`,
        }),
      ],
      controllers: [
        FactsController,
        MeldingenController,
        CaseloadsController,
        RulesController,
        PreferencesController,
        WebhooksController,
      ],
      providers: [
        { provide: NotificationsConfig, useValue: config },
        DirectoryRepository,
        ClientRecordsRepository,
        RulesRepository,
        SettingsRepository,
        CaseloadsRepository,
        MeldingenRepository,
        PreferencesRepository,
        WebhooksRepository,
        EventReceipts,
        ResponsibilitiesReader,
        PeopleKnown,
        LiveHints,
        Mailer,
        MailService,
        DeliveryService,
        AssignmentService,
        SettlingService,
        SharingService,
        MergedClientsService,
        ReplacementService,
        ReturnService,
        StepsService,
        InboxAccess,
        InboxService,
        ClientMeldingenService,
        MeldingenService,
        CaseloadsService,
        AbsencesService,
        RulesService,
        RulePreviewService,
        SettingsService,
        WebhookSecrets,
        WebhookSender,
        WebhookQueue,
        WebhooksService,
      ],
    };
  }
}
