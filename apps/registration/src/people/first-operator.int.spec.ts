import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { listPeople } from '#contracts/registration/people.js';
import { operator, type RunningRegistration, startRegistration } from '../test-support/running-registration.js';
import { FirstOperator } from './first-operator.js';
import { PeopleRepository } from './people.repository.js';
import { PeopleService } from './people.service.js';

let service: RunningRegistration;

beforeAll(async () => {
  service = await startRegistration();
});
afterAll(() => service.close());

const firstOperator = (subject: string | undefined) =>
  new FirstOperator(service.get(PeopleService), service.get(PeopleRepository), subject);
const people = async () => (await service.ask(operator, listPeople, {})).items;

describe('the first operator', () => {
  it('is not added where none is named', async () => {
    await firstOperator(undefined).onApplicationBootstrap();
    expect(await people()).toEqual([]);
  });

  it('is added once to an empty directory, also by processes that start together', async () => {
    await Promise.all([1, 2, 3].map(() => firstOperator('first').onApplicationBootstrap()));
    expect(await people()).toMatchObject([{ subject: 'first', roles: ['beheerder'], active: true }]);
  });

  it('is not added to a directory that has people', async () => {
    await firstOperator('second').onApplicationBootstrap();
    expect(await people()).toHaveLength(1);
  });
});
