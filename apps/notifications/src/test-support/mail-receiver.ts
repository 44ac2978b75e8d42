import type { AddressInfo } from 'node:net';
import PostalMime, { type Email } from 'postal-mime';
import { SMTPServer } from 'smtp-server';

/** A real SMTP server that keeps what it gets, and can be told to refuse. */
export class MailReceiver {
  readonly mails: { to: string[]; mail: Email; raw: string }[] = [];
  refusing = false;
  /** While set, no mail is answered before it. */
  answering: Promise<void> | undefined;
  /** Mails that came in, answered or not: by recipient and Message-ID. */
  readonly attempts: { to: string[]; messageId: string }[] = [];
  /** Recipients who do not exist here: refused for good, and how often they were tried. */
  readonly unknown = new Map<string, number>();

  private constructor(private readonly server: SMTPServer) {}

  static async start(): Promise<MailReceiver> {
    const server = new SMTPServer({
      disabledCommands: ['AUTH', 'STARTTLS'],
      onRcptTo: ({ address }, _session, callback) => {
        const tried = receiver.unknown.get(address);
        if (tried === undefined) {
          callback();
          return;
        }
        receiver.unknown.set(address, tried + 1);
        callback(Object.assign(new Error('no such user'), { responseCode: 550 }));
      },
      onData: (stream, session, callback) => {
        const chunks: Buffer[] = [];
        stream.on('data', (chunk: Buffer) => chunks.push(chunk));
        stream.on('end', () => {
          if (receiver.refusing) {
            callback(Object.assign(new Error('mailbox unavailable'), { responseCode: 451 }));
            return;
          }
          const raw = Buffer.concat(chunks).toString('utf8');
          const to = session.envelope.rcptTo.map(({ address }) => address);
          void PostalMime.parse(raw).then((mail) => {
            receiver.attempts.push({ to, messageId: mail.messageId ?? '' });
            void (receiver.answering ?? Promise.resolve()).then(() => {
              receiver.mails.push({ to, mail, raw });
              callback();
            });
          }, callback);
        });
      },
    });
    const receiver = new MailReceiver(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return receiver;
  }

  get url(): string {
    return `smtp://127.0.0.1:${(this.server.server.address() as AddressInfo).port}`;
  }

  to(address: string): Email[] {
    return this.mails.filter(({ to }) => to.includes(address)).map(({ mail }) => mail);
  }

  close(): Promise<void> {
    return new Promise((resolve) => {
      this.server.close(resolve);
    });
  }
}
