import type { Attributes } from '@opentelemetry/api';
import type { CloudEvent } from '#contracts/fact.js';

/** What a span tells of a fact (semantic conventions of OpenTelemetry for messaging): identifiers of the fact, no client. */
export function attributesOf(operation: 'send' | 'process', subject: string, event: CloudEvent): Attributes {
  return {
    'messaging.system': 'nats',
    'messaging.operation.type': operation,
    'messaging.destination.name': subject,
    'messaging.message.id': event.id,
    'cloudevents.event_type': event.type,
  };
}
