import { Inject, Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import type { Caller } from '#contracts/caller.js';
import { PeopleRepository } from './people.repository.js';
import { PeopleService } from './people.service.js';

/** Subject of the operator who is there before anybody else; undefined where the directory was filled otherwise. */
export const FIRST_OPERATOR_SUBJECT = Symbol('FIRST_OPERATOR_SUBJECT');

const REGISTRATION: Caller = { kind: 'service', personId: 'registration', roles: [], clusterIds: [], clientIds: [] };

/**
 * Adds the first operator to an empty directory: everybody is added by an operator, so one has to be there. Several
 * processes may start at once; they add one operator together.
 */
@Injectable()
export class FirstOperator implements OnApplicationBootstrap {
  private readonly logger = new Logger(FirstOperator.name);

  constructor(
    private readonly people: PeopleService,
    private readonly repository: PeopleRepository,
    @Inject(FIRST_OPERATOR_SUBJECT) private readonly subject: string | undefined,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    if (this.subject === undefined || (await this.repository.count({})) > 0) return;
    await this.people.create(
      {
        idempotencyKey: 'first-operator',
        kind: 'person',
        name: 'Eerste beheerder',
        subject: this.subject,
        roles: ['beheerder'],
      },
      REGISTRATION,
    );
    this.logger.log('the directory was empty: added the first operator');
  }
}
