import { Type } from 'class-transformer';
import { IsBoolean, IsEmail, IsIn, IsOptional, Matches, MaxLength, ValidateNested } from 'class-validator';
import { roles } from '../codes.js';
import { IsExpectedVersion } from '../field-rules.js';
import { type PersonLanguage, personLanguages } from '../registration/people.js';
import { NoQuestion } from '../no-question.js';
import { defineRequest } from '../request.js';
import { type EmailMode, emailModes } from './codes.js';

const TIME = /^([01]\d|2[0-3]):[0-5]\d$/;

/** E-mail says only that there is something, with a link: no personal data (domain.md §9). */
export class EmailPreferences {
  @IsOptional() @IsEmail() @MaxLength(254) address?: string | null;
  @IsIn(emailModes) mode: EmailMode;
  /** Time of the daily digest in Amsterdam, `HH:MM`. */
  @Matches(TIME) digestAt: string;
}

/** No e-mail between these times in Amsterdam; may pass midnight. */
export class QuietHours {
  @Matches(TIME) from: string;
  @Matches(TIME) until: string;
  /** An urgent melding is mailed all the same. */
  @IsBoolean() exceptHigh: boolean;
}

/** How somebody wants to be told. The inbox in the app always gets everything. */
export interface NotificationPreferences {
  personId: string;
  inApp: true;
  email: { address?: string; mode: EmailMode; digestAt: string };
  quietHours: { from: string; until: string; exceptHigh: boolean } | null;
  language: PersonLanguage;
  version: number;
  /** Whether this installation can send e-mail at all. */
  emailAvailable: boolean;
  /** Since when e-mail to this address fails. */
  emailFailingSince?: string;
}

export class PutNotificationPreferences {
  @ValidateNested() @Type(() => EmailPreferences) email: EmailPreferences;
  @IsOptional() @ValidateNested() @Type(() => QuietHours) quietHours?: QuietHours | null;
  @IsOptional() @IsIn(personLanguages) language?: PersonLanguage;
  @IsExpectedVersion() expectedVersion?: number;
}

export const getNotificationPreferences = defineRequest<NoQuestion, NotificationPreferences>(
  'notifications.preferences.get',
  { payload: NoQuestion, allow: roles },
);

/** Refuses `email-address-missing` when mail is wanted and no address is known. */
export const putNotificationPreferences = defineRequest<PutNotificationPreferences, NotificationPreferences>(
  'notifications.preferences.put',
  { payload: PutNotificationPreferences, allow: roles },
);
