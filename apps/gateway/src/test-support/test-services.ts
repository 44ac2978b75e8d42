import { Controller, type DynamicModule, Module } from '@nestjs/common';
import { Protected } from '#access/protected.js';
import type { Caller } from '#contracts/caller.js';
import { type Role, roles } from '#contracts/codes.js';
import { DeadLetterById, deadLetterRequests } from '#contracts/dead-letters.js';
import type { DeadLetter } from '#contracts/dead-letters.js';
import { type CallerRelations, CaseloadOf, callerRelations } from '#contracts/notifications/caseloads.js';
import {
  type Melding,
  type MeldingenChanges,
  MeldingenSince,
  meldingenSince,
} from '#contracts/notifications/meldingen.js';
import { type Names, ResolveNames, resolveNames } from '#contracts/registration/names.js';
import { type Person, PersonBySubject, personBySubject } from '#contracts/registration/people.js';
import {
  type ClientHousing,
  GetClientHousing,
  getClientHousing,
  type HousingChangeRecorded,
  RecordHousingChange,
  recordHousingChange,
} from '#contracts/registration/stays.js';
import { Refusal } from '#contracts/refusal.js';
import { ServiceConfig } from '#platform/config.js';
import { Handles } from '#platform/handles.js';
import { PlatformModule } from '#platform/platform.module.js';
import { type RunningService, startService } from '#platform/run-service.js';

/** What the services behind the gateway saw, and how a test changes what they answer. */
export interface Behind {
  /** People by subject; taken away means unknown. */
  readonly people: Map<string, Person>;
  readonly recorded: { payload: RecordHousingChange; caller: Caller }[];
  readonly asked: { question: MeldingenSince; personId: string }[];
  /** What `notifications.meldingen.since` can answer. */
  readonly meldingen: { position: string; melding: Melding }[];
  /** What `notifications.callers.relations` answers about somebody; otherwise a caseload of one cluster. */
  readonly relations: Map<string, CallerRelations>;
  /** Set to let it fail as if notifications were away. */
  meldingenAway: boolean;
  /** Set to let `registration.names.resolve` fail as if registration were away. */
  namesAway: boolean;
  stop(): Promise<void>;
}

/** One person per role with the subject `demo-…` of the local issuer, and the demo system. */
function everybody(subjects: Readonly<Record<Role, string>>): Map<string, Person> {
  const people = roles.map((role): [string, Person] => [subjects[role], personIn(role, subjects[role])]);
  const system: Person = { ...personIn(undefined, 'e-vita-demo'), kind: 'system', name: 'e-Vita (demo)' };
  return new Map([...people, ['e-vita-demo', system]]);
}

function personIn(role: Role | undefined, subject: string): Person {
  return {
    personId: `person-of-${subject}`,
    kind: 'person',
    name: `Iemand (${role ?? subject})`,
    subject,
    roles: role === undefined ? [] : [role],
    organisationId: 'organisation-1',
    organisationName: 'De Haven',
    language: 'nl',
    active: true,
    version: 1,
  };
}

/** Starts the directory and a few operations on real NATS, through the same edge as every service. */
export async function startTestServices(
  config: ServiceConfig,
  subjects: Readonly<Record<Role, string>>,
): Promise<Behind> {
  const behind: Behind = {
    people: everybody(subjects),
    recorded: [],
    asked: [],
    meldingen: [],
    relations: new Map(),
    meldingenAway: false,
    namesAway: false,
    stop: () => service.stop(),
  };
  const { get: getDeadLetter } = deadLetterRequests('notifications');

  @Controller()
  class BehindController {
    @Handles(personBySubject)
    person({ subject }: PersonBySubject, _caller: Caller): Promise<Person> {
      const person = behind.people.get(subject);
      if (!person) throw Refusal.of('not-found');
      return Promise.resolve(person);
    }

    @Handles(callerRelations)
    relations({ personId }: CaseloadOf, _caller: Caller): Promise<CallerRelations> {
      const usual = { clusterIds: ['cluster-1'], clientIds: [], replacing: [], coordinator: false };
      return Promise.resolve(behind.relations.get(personId) ?? usual);
    }

    @Handles(getClientHousing)
    housing({ clientId }: GetClientHousing, _caller: Caller): Promise<Protected<ClientHousing>> {
      if (clientId === 'unknown') throw Refusal.of('not-found');
      if (clientId === 'broken') throw new Error('a secret of the inside');
      const housing: ClientHousing = { clientId, version: 7, status: 'none', stays: [], changes: [] };
      return Promise.resolve(new Protected('read', [{ clientId, ground: 'own-institution' }], housing));
    }

    @Handles(recordHousingChange)
    record(payload: RecordHousingChange, caller: Caller): Promise<HousingChangeRecorded> {
      behind.recorded.push({ payload, caller });
      const { clientId, kind, from = '' } = payload;
      const [changeId, recordedAt] = ['change-1', '2026-03-01T09:00:00.000Z'];
      return Promise.resolve({ clientId, changeId, kind, version: 8, effectiveOn: from, recordedAt, stayIds: [] });
    }

    @Handles(meldingenSince)
    since(question: MeldingenSince, caller: Caller): Promise<Protected<MeldingenChanges>> {
      behind.asked.push({ question, personId: caller.personId });
      const { since = '', known = [] } = question;
      if (behind.meldingenAway) throw Refusal.of('service-unavailable');
      if (since === '') return Promise.resolve(new Protected('read', [], { items: [], now: '1000-0' }));
      const fresh = behind.meldingen.filter(
        ({ position, melding }) =>
          melding.personId === caller.personId &&
          Number(position.split('-')[0]) >= Number(since.split('-')[0]) &&
          !known.includes(`${melding.meldingId}:${melding.version}`),
      );
      const subjects = fresh.map(({ melding }) => ({ clientId: melding.clientId, ground: 'own-melding' as const }));
      return Promise.resolve(new Protected('read', subjects, { items: fresh, now: '1000-0' }));
    }

    @Handles(resolveNames)
    names({ clientIds = [], personIds = [] }: ResolveNames, _caller: Caller): Promise<Protected<Names>> {
      if (behind.namesAway) throw Refusal.of('service-unavailable');
      const named = (ids: string[]) => Object.fromEntries(ids.map((id) => [id, `naam van ${id}`]));
      const names = {
        clients: named(clientIds),
        places: {},
        clusters: {},
        organisations: {},
        people: named(personIds),
      };
      const subjects = clientIds.map((clientId) => ({ clientId, ground: 'own-institution' as const }));
      return Promise.resolve(new Protected('read', subjects, names));
    }

    @Handles(getDeadLetter)
    deadLetter(_payload: DeadLetterById, _caller: Caller): Promise<DeadLetter> {
      throw Refusal.of('not-found');
    }
  }

  @Module({})
  class BehindModule {
    static with(own: ServiceConfig): DynamicModule {
      return {
        module: BehindModule,
        imports: [PlatformModule.forService('behind', own)],
        controllers: [BehindController],
      };
    }
  }

  const service: RunningService = await startService('behind', config, (own) => BehindModule.with(own));
  return behind;
}
