import { Clock } from '#calendar/clock.js';
import { Injectable } from '@nestjs/common';
import { type Role, roles } from '#contracts/codes.js';
import type { PersonLanguage } from '#contracts/registration/people.js';
import { DemoClock } from '#platform/demo-clock.js';
import { GatewayConfig } from '../gateway.config.js';
import { Names } from '../http/names.js';
import type { AnyRoute, OwnRoute } from '../http/route.js';
import { permissionsOf } from './permissions.js';
import type { SignedInCaller } from './signed-in-caller.js';

/** Who is signed in, and what a page may offer. */
export interface Me {
  personId: string;
  name: string;
  roles: Role[];
  organisationId?: string;
  organisationName?: string;
  /** To send back with every change; empty for a token, which needs none. */
  csrfToken: string;
  locale: PersonLanguage;
  /** Colleagues whose work the person does; `until` is their first day back. */
  replacing: { personId: string; name: string; until: string }[];
  /** True in a demonstration: all data are synthetic. */
  demo: boolean;
  permissions: string[];
  /** The civil date on the clock of the services. */
  today: string;
  /** In a demonstration whose date can be moved: by how many milliseconds it was; absent everywhere else. */
  clockOffset?: number;
}

/** `GET /v1/me`. */
@Injectable()
export class MeRoute {
  constructor(
    private readonly config: GatewayConfig,
    private readonly clock: Clock,
    private readonly demoClock: DemoClock,
    private readonly names: Names,
  ) {}

  /** The operation, given all others: permissions follow from them. */
  operation(routes: readonly AnyRoute[], ownRoutes: readonly OwnRoute[]): OwnRoute {
    return {
      method: 'GET',
      path: '/v1/me',
      tag: 'me',
      summary: 'Who is signed in, in which roles, and what they may do',
      allow: [...roles, 'system'],
      replies: 'Me',
      handle: (_request, _reply, caller) => caller && this.describe(caller, permissionsOf(caller, routes, ownRoutes)),
    };
  }

  private async describe(caller: SignedInCaller, permissions: string[]): Promise<Me> {
    const { person, identity } = caller;
    return {
      personId: person.personId,
      name: person.name,
      roles: person.roles,
      ...(person.organisationId === undefined ? {} : { organisationId: person.organisationId }),
      ...(person.organisationName === undefined ? {} : { organisationName: person.organisationName }),
      csrfToken: identity.via === 'session' ? identity.csrfToken : '',
      locale: person.language,
      replacing: await this.replacing(caller),
      demo: this.config.DEMO === '1',
      permissions,
      today: this.clock.today(),
      ...(this.demoClock.isMovable ? { clockOffset: this.clock.offsetMs } : {}),
    };
  }

  private async replacing(caller: SignedInCaller): Promise<Me['replacing']> {
    const ids = caller.replacing.map(({ personId }) => ({ personId }));
    const { names } = await this.names.beside(ids, caller);
    return caller.replacing.map(({ personId, until }) => ({ personId, name: names?.people[personId] ?? '', until }));
  }
}
