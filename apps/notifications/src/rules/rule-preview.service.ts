import { Injectable } from '@nestjs/common';
import { zrmDueChanged } from '#contracts/assessment/due-facts.js';
import { zrmSubmitted } from '#contracts/assessment/facts.js';
import type { PreviewedEvent, PreviewRule, RulePreview } from '#contracts/notifications/rule-drafts.js';
import type { NotificationRule } from '#contracts/notifications/rules.js';
import { clientChanged, housingSituationChanged, waitingListChanged } from '#contracts/registration/facts.js';
import { lastFacts } from '#messaging/last-facts.js';
import { Nats } from '#messaging/nats.js';
import { clustersOf } from './duty-rules.js';
import {
  type Happening,
  happeningOfClient,
  happeningOfHousing,
  happeningOfWaitingList,
  happeningOfZrmDue,
  happeningOfZrmSubmitted,
} from './happening.js';
import { decideRecipients, rulesFor } from './recipient-rules.js';
import { ResponsibilitiesReader } from './responsibilities.reader.js';
import { mustMakeSense } from './rule-change-rules.js';
import { SettingsRepository } from './settings.repository.js';

const DEFAULT_EVENTS = 100;
const PREVIEWED = 'previewed';

/** What a rule would have done with events that happened, by who is responsible today. Sends and stores nothing. */
@Injectable()
export class RulePreviewService {
  constructor(
    private readonly nats: Nats,
    private readonly settings: SettingsRepository,
    private readonly responsibilities: ResponsibilitiesReader,
  ) {}

  /** @throws Refusal as for a rule that is made */
  async preview(command: PreviewRule): Promise<RulePreview> {
    mustMakeSense(command);
    const { rules: all, settings } = await this.settings.current();
    const others = all.filter(({ ruleId }) => ruleId !== command.ruleId);
    const rule = ruleFrom(command);
    const happenings = await this.happenings(command.eventType, command.events ?? DEFAULT_EVENTS);
    const items: PreviewedEvent[] = [];
    for (const happening of happenings.filter((one) => rulesFor([rule], one).length > 0)) {
      const situation = await this.responsibilities.read(happening.clientId, clustersOf(happening), settings);
      const had = new Set(decideRecipients(others, happening, situation).map(({ personId }) => personId));
      const { eventId, kind, recordedAt: at, clusterId } = happening;
      const recipients = decideRecipients([rule], happening, situation).map(({ personId, because }) => ({
        personId,
        because,
        already: had.has(personId),
      }));
      items.push({ eventId, kind, at, ...(clusterId === undefined ? {} : { clusterId }), recipients });
    }
    const since = happenings[0]?.recordedAt;
    return {
      events: happenings.length,
      ...(since === undefined ? {} : { since }),
      matched: items.length,
      added: items.flatMap(({ recipients }) => recipients).filter(({ already }) => !already).length,
      items: items.reverse(),
    };
  }

  /** Oldest first. */
  private async happenings(eventType: string, count: number): Promise<Happening[]> {
    switch (eventType) {
      case housingSituationChanged.type:
        return (await lastFacts(this.nats, housingSituationChanged, count)).map(happeningOfHousing);
      case waitingListChanged.type:
        return (await lastFacts(this.nats, waitingListChanged, count)).map(happeningOfWaitingList);
      case clientChanged.type:
        return (await lastFacts(this.nats, clientChanged, count)).map(happeningOfClient);
      case zrmDueChanged.type:
        return (await lastFacts(this.nats, zrmDueChanged, count)).map(happeningOfZrmDue);
      case zrmSubmitted.type:
        return (await lastFacts(this.nats, zrmSubmitted, count)).map(happeningOfZrmSubmitted);
      default:
        return [];
    }
  }
}

function ruleFrom(command: PreviewRule): NotificationRule {
  const {
    eventType,
    when,
    recipients,
    urgency,
    expectedAction,
    notToWhoEnteredIt = true,
    withFallback = false,
  } = command;
  return {
    ruleId: PREVIEWED,
    name: { nl: PREVIEWED, en: PREVIEWED },
    eventType,
    when,
    recipients,
    urgency,
    expectedAction,
    notToWhoEnteredIt,
    withFallback,
    enabled: true,
    required: false,
    version: 0,
  };
}
