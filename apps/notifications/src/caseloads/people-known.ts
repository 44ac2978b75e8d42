import { Injectable } from '@nestjs/common';
import { Refusal } from '#contracts/refusal.js';
import { DirectoryRepository, type DirectoryPerson } from '../directory/directory.repository.js';

/** The fact about somebody who was just added may still be on its way: look for so long before refusing. */
const PATIENCE_MS = 3_000;
const PAUSE_MS = 50;

/** Makes sure that identifiers name somebody and something: a melding may not go to a typing error. */
@Injectable()
export class PeopleKnown {
  constructor(private readonly directory: DirectoryRepository) {}

  /** @throws Refusal `person-unknown` for somebody who is not in the directory or no longer works here */
  async active(personId: string, field: string): Promise<DirectoryPerson> {
    const person = await patiently(async () => (await this.directory.people([personId]))[0]);
    if (!person?.active) throw Refusal.of('person-unknown', { fields: [field] });
    return person;
  }

  /** @throws Refusal `cluster-unknown` */
  async clusters(clusterIds: readonly string[], field: string): Promise<void> {
    const all = await patiently(async () => {
      const found = await this.directory.clusters(clusterIds);
      return found.length === new Set(clusterIds).size ? true : undefined;
    });
    if (!all) throw Refusal.of('cluster-unknown', { fields: [field] });
  }
}

async function patiently<T>(look: () => Promise<T | undefined>): Promise<T | undefined> {
  const until = performance.now() + PATIENCE_MS;
  for (;;) {
    const found = await look();
    if (found !== undefined || performance.now() > until) return found;
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
}
