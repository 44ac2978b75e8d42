import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Caller } from '#contracts/caller.js';
import { putCaseload } from '#contracts/notifications/caseloads.js';
import { listMeldingen } from '#contracts/notifications/meldingen.js';
import { putNotificationPreferences } from '#contracts/notifications/preferences.js';
import { updateNotificationSettings } from '#contracts/notifications/rules.js';
import { Database } from '#persistence/database.js';
import { waitFor } from '#testing/wait-for.js';
import { MailReceiver } from '../test-support/mail-receiver.js';
import { callerOf, operator, RunningNotifications } from '../test-support/running-notifications.js';

const BUNDLES = 4;
const people = Array.from({ length: 8 }, (_, index) => callerOf(`regisseur-${index}`));

describe('two processes that send e-mail', () => {
  let smtp: MailReceiver;
  let running: RunningNotifications;

  beforeAll(async () => {
    smtp = await MailReceiver.start();
    running = await RunningNotifications.start({ SMTP_URL: smtp.url, PUBLIC_URL: 'https://doorstroom.example' });
    await running.add();
    await running.cluster('cluster-1');
    for (const { personId } of people) {
      await running.regisseur(personId);
      await running.ask(putCaseload, { personId, clusterIds: ['cluster-1'], clientIds: [] }, operator);
    }
    await running.ask(updateNotificationSettings, { mailBundleSeconds: 1 }, operator);
    for (const person of people) {
      const email = { address: addressOf(person), mode: 'immediate' as const, digestAt: '08:00' };
      await running.ask(putNotificationPreferences, { email }, person);
    }
  }, 60_000);

  afterAll(async () => {
    await RunningNotifications.stopAll();
    await smtp.close();
  }, 60_000);

  const addressOf = ({ personId }: Caller): string => `${personId}@ggd.example`;
  const collection = (name: string) =>
    running.first.app.get(Database).connection.db!.collection<{ _id: string; [field: string]: unknown }>(name);
  const waiting = async (): Promise<number> =>
    collection('due_items').countDocuments({ kind: 'mail', state: 'waiting' });
  const attemptsTo = (person: Caller): string[] =>
    smtp.attempts.filter(({ to }) => to.includes(addressOf(person))).map(({ messageId }) => messageId);
  /** An attempt that began before the last melding came tells nothing of it: that one rightly gets a mail of its own. */
  async function attemptsBegunToEnd(): Promise<void> {
    const begun = await collection('due_items').distinct('claimToken', { kind: 'mail', claimToken: { $ne: null } });
    const under = async () => collection('due_items').countDocuments({ claimToken: { $in: begun } });
    await waitFor(async () => (await under()) === 0, { timeout: 20_000, what: 'what was being sent to end' });
  }
  async function bundle(name: string): Promise<void> {
    const clientId = `client-${name}`;
    await running.housing(clientId, 1);
    for (const person of people) {
      await waitFor(async () => (await running.ask(listMeldingen, { clientId }, person)).items.length === 1);
    }
    // The next melding belongs to another bundle.
    running.advance(5_000);
  }

  it('send one mail to each after an outage, also while the server is slow to answer', async () => {
    smtp.refusing = true;
    for (let index = 0; index < BUNDLES; index += 1) await bundle(`out-${index}`);
    await waitFor(async () => (await waiting()) === people.length * BUNDLES, { what: 'every bundle to wait' });
    await attemptsBegunToEnd();
    let answer = (): void => undefined;
    smtp.answering = new Promise((resolve) => (answer = resolve));
    smtp.attempts.length = 0;
    smtp.refusing = false;
    // All bundles of everybody are due at once, for both processes.
    running.advance(20_000);
    await waitFor(() => people.every((person) => attemptsTo(person).length > 0), {
      timeout: 20_000,
      what: 'the mails',
    });
    // Nobody who waits for the answer of the server is passed by: the others have all looked, and wait.
    await waitFor(
      async () =>
        (await collection('due_items').countDocuments({ kind: 'mail', state: 'waiting', claimToken: null })) >=
        people.length * (BUNDLES - 1),
      { timeout: 20_000, what: 'the other bundles to stand back' },
    );
    expect(smtp.attempts).toHaveLength(people.length);
    answer();
    smtp.answering = undefined;
    await waitFor(async () => (await waiting()) === 0, { timeout: 30_000, what: 'every bundle to be over' });
    for (const person of people) expect(attemptsTo(person)).toHaveLength(1);
  }, 120_000);

  it('send again under the same Message-ID when nobody knows whether the first was taken', async () => {
    const [person] = people;
    if (!person) throw new Error('nobody');
    smtp.attempts.length = 0;
    // A process died after the server took its mail: its claim stands, for a while.
    const until = new Date(Date.now() + 3_600_000);
    await collection('preferences').updateOne(
      { _id: person.personId },
      { $set: { mailing: { token: 'of-a-dead-process', until, identity: 'mail|the-lost-one' } } },
    );
    await bundle('lost');
    await waitFor(() => people.slice(1).every((other) => attemptsTo(other).length === 1), { timeout: 20_000 });
    expect(attemptsTo(person)).toEqual([]);
    running.advance(2 * 3_600_000);
    await waitFor(() => attemptsTo(person).length === 1, { timeout: 20_000, what: 'the next attempt' });
    await waitFor(async () => (await waiting()) === 0, { timeout: 20_000 });
    expect(attemptsTo(person)).toHaveLength(1);
    const others = people.slice(1).flatMap(attemptsTo);
    expect(new Set([...others, ...attemptsTo(person)]).size).toBe(people.length);
    const lost = createHash('sha256').update('mail|the-lost-one').digest('hex').slice(0, 40);
    expect(attemptsTo(person)).toEqual([`<${lost}@doorstroom.example>`]);
  }, 60_000);
});
