import { IsArray, IsInt, IsOptional, IsString, Length, Min } from 'class-validator';
import { defineFact } from '#contracts/fact.js';
import { defineRequest } from '#contracts/request.js';

/** What the test service tells: a note was written. */
export class NoteWritten {
  @IsString() @Length(1, 100) noteId: string;
  @IsInt() @Min(0) version: number;
  @IsOptional() @IsString() text?: string;
}

export const noteWritten = defineFact('nl.doorstroom.spine.note-written.v1', {
  data: NoteWritten,
  summary: 'A note of the test service was written.',
});

/** The same, for a handler that keeps the versions of a note in turn. */
export class NoteOrdered {
  @IsString() @Length(1, 100) noteId: string;
  @IsInt() @Min(0) version: number;
}

export const noteOrdered = defineFact('nl.doorstroom.spine.note-ordered.v1', {
  data: NoteOrdered,
  summary: 'A note of the test service was written, in turn.',
});

export class ReadNotes {
  @IsArray() @IsString({ each: true }) noteIds: string[];
}

export interface Notes {
  texts: string[];
}

export class Nothing {
  @IsOptional() @IsString() unused?: string;
}

/** Who the service thinks the caller is. */
export const whoAmI = defineRequest<Nothing, { personId: string; correlationId: string | undefined }>(
  'spine.notes.who-am-i',
  { payload: Nothing, allow: ['clientmanager', 'system'] },
);

/** Client data, properly sealed. */
export const readNotes = defineRequest<ReadNotes, Notes>('spine.notes.read', {
  payload: ReadNotes,
  allow: ['clientmanager'],
  clientData: true,
});

/** Client data that the handler forgets to seal. */
export const leakNotes = defineRequest<ReadNotes, Notes>('spine.notes.leak', {
  payload: ReadNotes,
  allow: ['clientmanager'],
  clientData: true,
});

/** Refused by a rule, with parameters and a field. */
export const refuseNotes = defineRequest<Nothing, Notes>('spine.notes.refuse', {
  payload: Nothing,
  allow: ['clientmanager'],
});

/** Fails with something that nobody foresaw. */
export const breakNotes = defineRequest<Nothing, Notes>('spine.notes.break', {
  payload: Nothing,
  allow: ['clientmanager'],
});

/** Answers more than a message of the broker carries. */
export const readTooMuch = defineRequest<Nothing, Notes>('spine.notes.too-much', {
  payload: Nothing,
  allow: ['clientmanager'],
});

export class Wait {
  @IsInt() ms: number;
}

/** Takes its time; the asker waits 400 ms. */
export const waitNotes = defineRequest<Wait, { waited: number }>('spine.notes.wait', {
  payload: Wait,
  allow: ['clientmanager'],
  deadlineMs: 400,
});

/** The same, for an asker with patience. */
export const waitLong = defineRequest<Wait, { waited: number }>('spine.notes.wait-long', {
  payload: Wait,
  allow: ['clientmanager'],
  deadlineMs: 8_000,
});

/** Nobody answers this one. */
export const absent = defineRequest<Nothing, Notes>('nowhere.notes.read', {
  payload: Nothing,
  allow: ['clientmanager'],
});
