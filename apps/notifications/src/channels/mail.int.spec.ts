import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { putCaseload } from '#contracts/notifications/caseloads.js';
import { acknowledgeMelding, listMeldingen } from '#contracts/notifications/meldingen.js';
import {
  getNotificationPreferences,
  putNotificationPreferences,
  type PutNotificationPreferences,
} from '#contracts/notifications/preferences.js';
import { updateNotificationSettings } from '#contracts/notifications/rules.js';
import { Database } from '#persistence/database.js';
import { waitFor } from '#testing/wait-for.js';
import { MailReceiver } from '../test-support/mail-receiver.js';
import { callerOf, operator, RunningNotifications } from '../test-support/running-notifications.js';

const anna = callerOf('anna');
const bram = callerOf('bram');

describe('e-mail', () => {
  let smtp: MailReceiver;
  let running: RunningNotifications;

  beforeAll(async () => {
    smtp = await MailReceiver.start();
    running = await RunningNotifications.start({ SMTP_URL: smtp.url, PUBLIC_URL: 'https://doorstroom.example' });
    await running.regisseur('anna');
    await running.regisseur('bram');
    await running.cluster('cluster-1');
    await running.cluster('cluster-2');
    await running.ask(putCaseload, { personId: 'anna', clusterIds: ['cluster-1'], clientIds: [] }, operator);
    await running.ask(putCaseload, { personId: 'bram', clusterIds: ['cluster-2'], clientIds: [] }, operator);
    await running.ask(updateNotificationSettings, { mailBundleSeconds: 1 }, operator);
  }, 60_000);

  afterAll(async () => {
    await RunningNotifications.stopAll();
    await smtp.close();
  }, 60_000);

  const prefer = (of: typeof anna, change: Partial<PutNotificationPreferences>): Promise<unknown> =>
    running.ask(
      putNotificationPreferences,
      { email: { address: `${of.personId}@ggd.example`, mode: 'immediate', digestAt: '08:00' }, ...change },
      of,
    );

  it('needs an address, and is off until somebody asks for it', async () => {
    const email = { mode: 'immediate' as const, digestAt: '08:00' };
    await expect(running.ask(putNotificationPreferences, { email }, anna)).rejects.toMatchObject({
      code: 'email-address-missing',
    });
    expect(await running.ask(getNotificationPreferences, {}, anna)).toMatchObject({
      inApp: true,
      email: { mode: 'off' },
      emailAvailable: true,
    });
  });

  it('is one mail for several meldingen, with a link and nothing about anybody', async () => {
    await prefer(anna, {});
    const clients = ['client-a', 'client-b', 'client-c'];
    for (const clientId of clients) await running.housing(clientId, 1);
    const [mail] = await waitFor(
      () => (smtp.to('anna@ggd.example').length > 0 ? smtp.to('anna@ggd.example') : undefined),
      {
        timeout: 15_000,
      },
    );
    expect(mail?.subject).toMatch(/^Doorstroom: \d meldingen? voor jou$/);
    expect(mail?.text).toContain('https://doorstroom.example/meldingen');
    expect(mail?.messageId).toMatch(/^<[0-9a-f]{40}@doorstroom\.example>$/);
    const raw = smtp.mails.map((one) => one.raw).join('\n');
    for (const secret of [...clients, 'arrival', 'place-1', 'cluster-1', 'mentor']) expect(raw).not.toContain(secret);
  }, 20_000);

  it('is tried again when the server refuses, shows that it fails, and then arrives under one Message-ID', async () => {
    await prefer(bram, { language: 'en' });
    smtp.refusing = true;
    await running.housing('client-d', 1, { clusterId: 'cluster-2' });
    await waitFor(
      async () => (await running.ask(getNotificationPreferences, {}, bram)).emailFailingSince !== undefined,
      { timeout: 15_000, what: 'the visible failure' },
    );
    smtp.refusing = false;
    running.advance(10_000);
    const mails = await waitFor(
      () => (smtp.to('bram@ggd.example').length > 0 ? smtp.to('bram@ggd.example') : undefined),
      {
        timeout: 15_000,
      },
    );
    expect(mails[0]?.subject).toBe('Doorstroom: 1 melding for you');
    await waitFor(
      async () => (await running.ask(getNotificationPreferences, {}, bram)).emailFailingSince === undefined,
    );
  }, 40_000);

  it('is one mail after an outage, whatever came in while the server was away', async () => {
    smtp.refusing = true;
    const before = smtp.to('bram@ggd.example').length;
    for (let index = 0; index < 4; index += 1) {
      await running.housing(`client-out-${index}`, 1, { clusterId: 'cluster-2' });
      await waitFor(
        async () => (await running.ask(listMeldingen, { clientId: `client-out-${index}` }, bram)).items.length === 1,
      );
      // The next melding belongs to another bundle.
      running.advance(5_000);
    }
    await waitFor(
      async () => (await running.ask(getNotificationPreferences, {}, bram)).emailFailingSince !== undefined,
      { timeout: 15_000, what: 'the visible failure' },
    );
    smtp.refusing = false;
    running.advance(30_000);
    await waitFor(() => smtp.to('bram@ggd.example').length > before, { timeout: 15_000 });
    const due = async (): Promise<number> => {
      const items = await running.first.app
        .get(Database)
        .connection.db!.collection('due_items')
        .find({ kind: 'mail', state: 'waiting' })
        .toArray();
      return items.length;
    };
    running.advance(3_600_000);
    await waitFor(async () => (await due()) === 0, { timeout: 15_000, what: 'every bundle to be over' });
    expect(smtp.to('bram@ggd.example')).toHaveLength(before + 1);
  }, 60_000);

  it('is not tried again for an address that does not exist, and shows it', async () => {
    const address = 'weg@ggd.example';
    smtp.unknown.set(address, 0);
    await prefer(anna, { email: { address, mode: 'immediate', digestAt: '08:00' } });
    await running.housing('client-gone', 1);
    await waitFor(
      async () => (await running.ask(getNotificationPreferences, {}, anna)).emailFailingSince !== undefined,
      { timeout: 15_000, what: 'the visible failure' },
    );
    running.advance(600_000);
    // Another mail that is due later does go: the retry of the first would have come before it.
    await prefer(bram, { language: 'nl' });
    const before = smtp.to('bram@ggd.example').length;
    await running.housing('client-next', 1, { clusterId: 'cluster-2' });
    await waitFor(() => smtp.to('bram@ggd.example').length > before, { timeout: 15_000 });
    expect(smtp.unknown.get(address)).toBe(1);
  }, 40_000);

  it('waits until the quiet hours are over, and is not sent for what was dealt with meanwhile', async () => {
    const before = smtp.to('bram@ggd.example').length;
    await prefer(bram, { quietHours: { from: '00:00', until: '23:59', exceptHigh: true } });
    await running.housing('client-e', 1, { clusterId: 'cluster-2' });
    const melding = await waitFor(
      async () => (await running.ask(listMeldingen, { clientId: 'client-e' }, bram)).items[0],
    );
    await new Promise((resolve) => setTimeout(resolve, 4_000));
    expect(smtp.to('bram@ggd.example').length).toBe(before);
    for (const { meldingId } of (await running.ask(listMeldingen, {}, bram)).items) {
      await running.ask(acknowledgeMelding, { meldingId }, bram);
    }
    expect(melding.read).toBe(false);
    running.advance(86_400_000);
    await new Promise((resolve) => setTimeout(resolve, 7_000));
    expect(smtp.to('bram@ggd.example').length).toBe(before);
  }, 40_000);

  it('comes once a day as a digest', async () => {
    await prefer(bram, { email: { mode: 'digest', digestAt: '08:00' }, quietHours: null, language: 'nl' });
    await running.housing('client-f', 1, { clusterId: 'cluster-2' });
    await running.housing('client-g', 1, { clusterId: 'cluster-2' });
    await waitFor(async () => (await running.ask(listMeldingen, { clientId: 'client-g' }, bram)).items.length === 1);
    const before = smtp.to('bram@ggd.example').length;
    running.advance(86_400_000);
    const mail = await waitFor(() => smtp.to('bram@ggd.example')[before], { timeout: 15_000, what: 'the digest' });
    expect(mail.subject).toBe('Doorstroom: je overzicht (2 meldingen)');
    expect(smtp.to('bram@ggd.example').length).toBe(before + 1);
  }, 40_000);
});
