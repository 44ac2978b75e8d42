import { createPerson, getPerson, listColleagues, listPeople, updatePerson } from '#contracts/registration/people.js';
import { type AnyRoute, route } from '../http/route.js';

const tag = 'people';
const organisation = '0192f6a8-0000-7000-8000-000000000b01';

/** The people directory, with the connected systems. */
export const peopleRoutes: AnyRoute[] = [
  route({
    method: 'GET',
    path: '/v1/people',
    request: listPeople,
    tag,
    summary: 'Everybody in the directory by name, also connected systems',
  }),
  route({
    method: 'POST',
    path: '/v1/people',
    request: createPerson,
    tag,
    summary: 'Add a person with roles, or a system that delivers for an institution',
    status: 201,
    etag: 'version',
    location: '/v1/people/{personId}',
    examples: {
      body: {
        kind: 'person',
        name: 'Sanne de Wit',
        subject: 'sanne',
        email: 'sanne@dehaven.example',
        roles: ['clientmanager'],
        organisationId: organisation,
      },
    },
  }),
  route({
    method: 'GET',
    path: '/v1/people/{personId}',
    request: getPerson,
    tag,
    summary: 'One entry of the directory',
    etag: 'version',
  }),
  route({
    method: 'PATCH',
    path: '/v1/people/{personId}',
    request: updatePerson,
    tag,
    summary: 'Change roles, organisation or activity; needs If-Match',
    etag: 'version',
    examples: { body: { active: false } },
  }),
  route({
    method: 'GET',
    path: '/v1/colleagues',
    request: listColleagues,
    tag,
    summary: 'Active people to hand over to',
  }),
];
