import { jetstream } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import { today } from '../../../test/support/days.ts';
import type { Stage } from './stage.ts';

const TYPE = 'nl.doorstroom.registration.housing-situation-changed.v1';
const SUBJECT = 'facts.registration.housing-situation-changed.v1';

/** What stands in the fact of a first arrival on the first place of the world. */
export function arrivalOf(stage: Stage, clientId: string): Record<string, unknown> {
  const { world } = stage;
  return {
    clientId,
    changeId: `change-${clientId}`,
    version: 1,
    kind: 'arrival',
    effectiveOn: '2026-01-01',
    recordedAt: new Date().toISOString(),
    recordedBy: world.personIds.get('samira'),
    channel: 'person',
    placeId: world.placeIds[0],
    clusterId: world.clusterId,
    organisationId: world.institutionId,
    reasons: {},
  };
}

/** What stands in the fact that a client who arrived before now goes away for some days. */
export function leaveOf(stage: Stage, clientId: string, placeId: string, clusterId: string): Record<string, unknown> {
  const change = { changeId: `leave-${clientId}`, version: 2, kind: 'leave', placeId, clusterId };
  return { ...arrivalOf(stage, clientId), ...change, effectiveOn: today(), reasons: { leave: 'family-visit' } };
}

/** Puts a fact on the broker as the registration service would, past the gateway. */
export async function publishFact(stage: Stage, id: string, data: Record<string, unknown>): Promise<void> {
  const nats = await connect({ servers: stage.system.settings.natsUrl });
  try {
    const event = {
      specversion: '1.0',
      id,
      source: 'urn:nld:doorstroom:registration',
      type: TYPE,
      time: new Date().toISOString(),
      datacontenttype: 'application/json',
      partitionkey: String(data['clientId']),
      sequence: String(data['version']),
      data,
    };
    await jetstream(nats).publish(SUBJECT, JSON.stringify(event));
  } finally {
    await nats.close();
  }
}
