import { Controller } from '@nestjs/common';
import type { Caller } from '#contracts/caller.js';
import type { Page } from '#contracts/paging.js';
import {
  type Colleague,
  CreatePerson,
  createPerson,
  getPerson,
  ListColleagues,
  listColleagues,
  ListPeople,
  listPeople,
  type Person,
  PersonById,
  PersonBySubject,
  personBySubject,
  UpdatePerson,
  updatePerson,
} from '#contracts/registration/people.js';
import { Handles } from '#platform/handles.js';
import { PeopleService } from './people.service.js';

@Controller()
export class PeopleController {
  constructor(private readonly people: PeopleService) {}

  @Handles(personBySubject)
  bySubject({ subject }: PersonBySubject, _caller: Caller): Promise<Person> {
    return this.people.bySubject(subject);
  }

  @Handles(listPeople)
  list(query: ListPeople, _caller: Caller): Promise<Page<Person>> {
    return this.people.list(query);
  }

  @Handles(listColleagues)
  colleagues(query: ListColleagues, caller: Caller): Promise<Page<Colleague>> {
    return this.people.colleagues(query, caller);
  }

  @Handles(getPerson)
  get({ personId }: PersonById, _caller: Caller): Promise<Person> {
    return this.people.get(personId);
  }

  @Handles(createPerson)
  create(command: CreatePerson, caller: Caller): Promise<Person> {
    return this.people.create(command, caller);
  }

  @Handles(updatePerson)
  update(command: UpdatePerson, _caller: Caller): Promise<Person> {
    return this.people.update(command);
  }
}
