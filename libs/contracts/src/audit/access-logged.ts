import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsISO8601,
  IsOptional,
  IsString,
  Length,
  ValidateNested,
} from 'class-validator';
import { defineFact } from '../fact.js';

/** Actions on client data that are logged. */
export const ACCESS_ACTIONS = ['read', 'search', 'create', 'update', 'merge', 'export', 'import'] as const;
export type AccessActionCode = (typeof ACCESS_ACTIONS)[number];

/** One access to the data of one or more clients: who, in which role, what, on which ground (NEN 7513). */
export class AccessLogged {
  @IsISO8601() at: string;
  /** Person or system that had access. */
  @IsString() @Length(1, 100) actorId: string;
  @IsIn(['person', 'system', 'service']) actorKind: string;
  @IsArray() @IsString({ each: true }) actorRoles: string[];
  @IsOptional() @IsString() @Length(1, 100) actorOrganisationId?: string;
  @IsIn(ACCESS_ACTIONS) action: AccessActionCode;
  /** Request or command by which it happened, e.g. `registration.clients.get`. */
  @IsString() @Length(1, 200) operation: string;
  /** Clients touched, each with the ground. */
  @IsArray() subjects: { clientId: string; ground: string }[];
  /** The person whose own log entries were read, when it was not a client's data. */
  @IsOptional() @IsString() @Length(1, 100) aboutPersonId?: string;
  /** The import whose rows were read: rows hold personal data, also of who is not registered (yet). */
  @IsOptional() @IsString() @Length(1, 100) aboutImportId?: string;
  @IsBoolean() emergency: boolean;
  /** Trace of the request, to find the rest of what happened. */
  @IsOptional() @IsString() @Length(1, 100) correlationId?: string;
}

/** Published for every read and write of client data; `audit` chains them. */
export const accessLogged = defineFact('nl.doorstroom.audit.access-logged.v1', {
  data: AccessLogged,
  stream: 'ACCESS',
  summary: 'Somebody read or changed client data (NEN 7513).',
});

/** One of several accesses that are told together. */
export class LoggedAccess extends AccessLogged {
  /** Its identity: the log holds it once. An access that is told alone has that of its fact. */
  @IsString() @Length(1, 100) accessId: string;
}

/** Accesses that were stored together, each as it would be told alone. */
export class AccessesLogged {
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(1_000)
  @ValidateNested({ each: true })
  @Type(() => LoggedAccess)
  accesses: LoggedAccess[];
}

/** The second version beside the first, not after it: a write goes on telling its one access in the first. */
export const accessesLogged = defineFact('nl.doorstroom.audit.access-logged.v2', {
  data: AccessesLogged,
  stream: 'ACCESS',
  summary:
    'Somebody read client data, several times at the same moment: told together, each as it would be told alone.',
});
