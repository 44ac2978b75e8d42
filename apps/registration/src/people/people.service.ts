import { Injectable } from '@nestjs/common';
import type { Caller } from '#contracts/caller.js';
import type { OrganisationKind } from '#contracts/codes.js';
import type { Page } from '#contracts/paging.js';
import { Refusal } from '#contracts/refusal.js';
import { personChanged } from '#contracts/registration/facts.js';
import type {
  Colleague,
  CreatePerson,
  ListColleagues,
  ListPeople,
  Person,
  UpdatePerson,
} from '#contracts/registration/people.js';
import { Outbox } from '#messaging/outbox.js';
import type { Tx } from '#persistence/unit-of-work.js';
import { Creations } from '../creations.js';
import { type Condition, pageOf, positionIn, readLimit } from '#persistence/list-position.js';
import { NamesReader } from '../names/names-reader.js';
import { canRepresent } from '../structure/structure-rules.js';
import { StructureRepository } from '../structure/structure.repository.js';
import { searchKeysOf, searchTermsOf } from '../text-keys.js';
import { nameKeyOf } from '../name-rules.js';
import { checkVersion } from '../versions.js';
import { withoutNothing } from '../without-nothing.js';
import { checkPosition } from './people-rules.js';
import { PeopleRepository } from './people.repository.js';
import type { PersonDocument } from './person.schema.js';

/** The people directory. */
@Injectable()
export class PeopleService {
  constructor(
    private readonly repository: PeopleRepository,
    private readonly structure: StructureRepository,
    private readonly names: NamesReader,
    private readonly creations: Creations,
    private readonly outbox: Outbox,
  ) {}

  /** Somebody who may sign in. @throws Refusal `not-found` when unknown or no longer active */
  async bySubject(subject: string): Promise<Person> {
    const person = await this.repository.findBySubject(subject);
    if (!person?.active) throw Refusal.of('not-found');
    return this.shown(person);
  }

  /** @throws Refusal `not-found` */
  async get(personId: string): Promise<Person> {
    const person = await this.repository.find(personId);
    if (!person) throw Refusal.of('not-found');
    return this.shown(person);
  }

  async list(query: ListPeople): Promise<Page<Person>> {
    const condition = personCondition(query);
    const read = await this.repository.list(condition, positionIn(query.cursor), readLimit(query.limit));
    const names = await this.names.organisations(organisationIdsOf(read));
    const page = pageOf(read, query.limit, positionOf, (person) => personView(person, names));
    return { ...page, total: await this.repository.count(condition) };
  }

  /** Whom the caller can hand over to or name; see the contract for who sees whom. */
  async colleagues(query: ListColleagues, caller: Caller): Promise<Page<Colleague>> {
    const wanted = personCondition({ text: query.text, role: query.role, kind: 'person', active: true });
    const condition = { $and: [wanted, colleaguesOf(caller)] };
    const read = await this.repository.list(condition, positionIn(query.cursor), readLimit(query.limit));
    const names = await this.names.organisations(organisationIdsOf(read));
    return pageOf(read, query.limit, positionOf, (person) => {
      const { personId, name, roles, organisationId, organisationName } = personView(person, names);
      return withoutNothing<Colleague>({ personId, name, roles, organisationId, organisationName });
    });
  }

  /** @throws Refusal `subject-in-use` and those of {@link checkPosition} */
  async create(command: CreatePerson, caller: Caller): Promise<Person> {
    const created = await this.creations.once<PersonDocument>('person', caller.personId, command, {
      taken: subjectTaken,
      find: (id, session) => this.repository.find(id, session),
      make: async (tx, { id, requestHash }) => {
        const organisationId = command.organisationId ?? undefined;
        const { kind, roles } = command;
        checkPosition({ kind, roles, organisationKind: await this.organisationKind(tx, organisationId) });
        const person = withoutNothing<PersonDocument>({
          _id: id,
          version: 1,
          ...namesOf(command.name),
          kind,
          subject: command.subject,
          email: command.email ?? undefined,
          roles,
          organisationId,
          language: command.language ?? 'nl',
          active: true,
          requestHash,
          named: 0,
        });
        await this.repository.insert(tx, person);
        this.tell(tx, person);
        return person;
      },
    });
    return this.shown(created);
  }

  /** @throws Refusal `not-found`, `stale-version`, `subject-in-use`, `represents-clusters`, those of {@link checkPosition} */
  async update(command: UpdatePerson): Promise<Person> {
    const updated = await this.creations.unique(async (tx) => {
      const current = await this.repository.find(command.personId, tx.session);
      if (!current) throw Refusal.of('not-found');
      checkVersion(command.expectedVersion, current.version);
      const next = changedPerson(command, current);
      checkPosition({ ...next, organisationKind: await this.organisationKind(tx, next.organisationId) });
      await this.checkStillRepresents(tx, next);
      await this.repository.replace(tx, current, next);
      this.tell(tx, next);
      return next;
    }, subjectTaken);
    return this.shown(updated);
  }

  private async checkStillRepresents(tx: Tx, next: PersonDocument): Promise<void> {
    const clusters = await this.structure.clustersRepresentedBy(next._id, tx.session);
    const left = clusters.filter(({ organisationId }) => !canRepresent(next, organisationId));
    if (left.length > 0) throw Refusal.of('represents-clusters', { params: { count: left.length } });
  }

  private async organisationKind(tx: Tx, organisationId: string | undefined): Promise<OrganisationKind | undefined> {
    if (organisationId === undefined) return undefined;
    const organisation = await this.structure.organisation(organisationId, tx.session);
    if (!organisation) throw Refusal.of('unknown-organisation', { fields: ['organisationId'] });
    return organisation.kind;
  }

  private tell(tx: Tx, person: PersonDocument): void {
    const { _id, roles, organisationId, active, version } = person;
    const organisation = organisationId === undefined ? {} : { organisationId };
    const state: 'active' | 'inactive' = active ? 'active' : 'inactive';
    const data = { personId: _id, personRoles: roles, ...organisation, state, version };
    this.outbox.add(tx, personChanged, data, { key: _id, version });
  }

  private async shown(person: PersonDocument): Promise<Person> {
    return personView(person, await this.names.organisations(organisationIdsOf([person])));
  }
}

function subjectTaken(): Refusal {
  return Refusal.of('subject-in-use', { fields: ['subject'] });
}

function changedPerson(command: UpdatePerson, current: PersonDocument): PersonDocument {
  return withoutNothing<PersonDocument>({
    ...current,
    ...namesOf(command.name ?? current.name),
    version: current.version + 1,
    subject: command.subject ?? current.subject,
    email: command.email === undefined ? current.email : (command.email ?? undefined),
    roles: command.roles ?? current.roles,
    organisationId:
      command.organisationId === undefined ? current.organisationId : (command.organisationId ?? undefined),
    language: command.language ?? current.language,
    active: command.active ?? current.active,
  });
}

function namesOf(name: string): Pick<PersonDocument, 'name' | 'nameKey' | 'searchKeys'> {
  return { name: name.trim(), nameKey: nameKeyOf(name), searchKeys: searchKeysOf([name]) };
}

function personCondition(query: ListPeople): Condition {
  const terms = searchTermsOf(query.text ?? '');
  return withoutNothing<Condition>({
    nameKey: { $gte: '' },
    searchKeys: terms.length > 0 ? { $all: terms } : undefined,
    roles: query.role,
    organisationId: query.organisationId,
    kind: query.kind,
    active: query.active,
  });
}

/** Regisseurs see regisseurs and clientmanagers; a clientmanager the own organisation and the regisseurs. */
function colleaguesOf(caller: Caller): Condition {
  if (caller.roles.includes('beheerder')) return {};
  const regisseurs: Condition = { roles: 'trajectregisseur' };
  const parts: Condition[] = [regisseurs];
  if (caller.roles.includes('trajectregisseur')) parts.push({ roles: 'clientmanager' });
  if (caller.organisationId !== undefined) parts.push({ organisationId: caller.organisationId });
  return { $or: parts };
}

function organisationIdsOf(people: readonly PersonDocument[]): string[] {
  return people.flatMap(({ organisationId }) => (organisationId === undefined ? [] : [organisationId]));
}

function positionOf({ _id, nameKey }: PersonDocument) {
  return { id: _id, value: nameKey };
}

function personView(person: PersonDocument, organisations: ReadonlyMap<string, string>): Person {
  const { _id, kind, name, subject, email, roles, organisationId, language, active, version } = person;
  return withoutNothing<Person>({
    personId: _id,
    kind,
    name,
    subject,
    email,
    roles,
    organisationId,
    organisationName: organisationId === undefined ? undefined : organisations.get(organisationId),
    language,
    active,
    version,
  });
}
