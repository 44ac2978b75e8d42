import type { PersonLanguage } from '#contracts/registration/people.js';

/** What a mail may know: how many meldingen wait, and where the inbox is. Never who or what (domain.md §9). */
export interface MailContent {
  unread: number;
  late: number;
  inboxUrl: string;
  digest: boolean;
}

export interface MailText {
  subject: string;
  text: string;
}

/** The text of a mail: there is something, how many, and a link. No personal data. */
export function mailText(language: PersonLanguage, content: MailContent): MailText {
  return language === 'nl' ? dutch(content) : english(content);
}

function dutch({ unread, late, inboxUrl, digest }: MailContent): MailText {
  const lines = [
    ...(unread === 0
      ? []
      : [
          unread === 1
            ? 'Er staat 1 ongelezen melding voor je klaar.'
            : `Er staan ${unread} ongelezen meldingen voor je klaar.`,
        ]),
    ...(late > 0 ? [late === 1 ? 'Eén melding wacht al te lang.' : `${late} meldingen wachten al te lang.`] : []),
    '',
    'Log in om ze te lezen:',
    inboxUrl,
    '',
    'In deze e-mail staan geen gegevens van cliënten.',
    'Hoe vaak je e-mail krijgt, kies je bij je instellingen voor meldingen.',
  ];
  const what = countOf(unread || late);
  const subject = unread === 0 ? `${what} ${late === 1 ? 'wacht' : 'wachten'} op jou` : `${what} voor jou`;
  return { subject: `Doorstroom: ${digest ? `je overzicht (${what})` : subject}`, text: lines.join('\n') };
}

function english({ unread, late, inboxUrl, digest }: MailContent): MailText {
  const lines = [
    ...(unread === 0
      ? []
      : [unread === 1 ? 'There is 1 unread melding for you.' : `There are ${unread} unread meldingen for you.`]),
    ...(late > 0 ? [late === 1 ? 'One melding has waited too long.' : `${late} meldingen have waited too long.`] : []),
    '',
    'Sign in to read them:',
    inboxUrl,
    '',
    'This e-mail holds no data of clients.',
    'How often you get e-mail can be set at your meldingen.',
  ];
  const what = countOf(unread || late);
  const subject = unread === 0 ? `${what} ${late === 1 ? 'waits' : 'wait'} for you` : `${what} for you`;
  return { subject: `Doorstroom: ${digest ? `your overview (${what})` : subject}`, text: lines.join('\n') };
}

const countOf = (count: number): string => (count === 1 ? '1 melding' : `${count} meldingen`);
