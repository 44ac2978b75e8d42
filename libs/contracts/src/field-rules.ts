import { IsIn, IsInt, IsOptional, IsString, Length, Max, Min, registerDecorator, ValidateIf } from 'class-validator';
import { isCivilDate } from '#calendar/civil-date.js';
import { isZrmLevel, NOT_ASSESSED } from './assessment/codes.js';
import type { RefusalCode, RefusalParams } from './refusal.js';

/**
 * What the edge reports when a field breaks one of the rules below: it travels as the `context` of the validator
 * (`ValidationError.contexts[constraint]`), so that a field gets the refusal's own code and texts.
 */
export interface FieldRefusal {
  readonly code: RefusalCode;
  readonly params?: RefusalParams;
}

function fieldRule(
  name: string,
  refusal: FieldRefusal,
  holds: (value: unknown, owner: object) => boolean,
): PropertyDecorator {
  return (target, property) => {
    registerDecorator({
      name,
      target: target.constructor,
      propertyName: String(property),
      options: { context: refusal, message: refusal.code },
      validator: { validate: (value: unknown, args) => holds(value, args?.object ?? {}) },
    });
  };
}

function all(...decorators: PropertyDecorator[]): PropertyDecorator {
  return (target, property) => {
    for (const decorate of decorators) decorate(target, property);
  };
}

/** A date `YYYY-MM-DD` that exists; refused with `date-form` or `date-not-existing`. */
export function IsCivilDateText(): PropertyDecorator {
  const form = /^\d{4}-\d{2}-\d{2}$/;
  const written = (value: unknown): value is string => typeof value === 'string' && form.test(value);
  return all(
    fieldRule('dateForm', { code: 'date-form' }, written),
    fieldRule('dateExists', { code: 'date-not-existing' }, (value) => !written(value) || isCivilDate(value)),
  );
}

/** A whole level of the ZRM, or that it was not assessed; refused with `zrm-level-invalid`. */
export function IsZrmScore(): PropertyDecorator {
  return fieldRule('zrmScore', { code: 'zrm-level-invalid' }, (value) => value === NOT_ASSESSED || isZrmLevel(value));
}

/** An identifier of something of ours. */
export function IsId(): PropertyDecorator {
  return all(IsString(), Length(1, 100));
}

/** The key under which a client may repeat a request without doubling what it does. */
export function IsIdempotencyKey(): PropertyDecorator {
  return all(IsOptional(), IsString(), Length(1, 200));
}

/** Version that the asker last saw; the change is refused with `stale-version` when it is another by now. */
export function IsExpectedVersion(): PropertyDecorator {
  return all(IsOptional(), IsInt(), Min(0));
}

/** Where a page starts: an identifier and what the list is in order of, at most a whole name in any script. */
export function IsCursor(): PropertyDecorator {
  return all(IsOptional(), IsString(), Length(1, 2_000));
}

/** Items per page, 1–200. */
export function IsPageLimit(): PropertyDecorator {
  return all(IsOptional(), IsInt(), Min(1), Max(200));
}

/** An optional code from a list. */
export function IsOptionalCode(codes: readonly string[]): PropertyDecorator {
  return all(IsOptional(), IsIn(codes));
}

/** Whether a field belongs to a kind of request. `nullable`: may be left out, and `null` takes a value away. */
export type FieldUse = 'required' | 'optional' | 'nullable';

/**
 * Rules for fields of a request that has several kinds, told apart by the field `discriminator`.
 * @example const forKind = fieldsByKind('kind', ['arrival', 'move']); … @forKind.field({ arrival: 'required' }) from
 */
export function fieldsByKind<Kind extends string>(discriminator: string, kinds: readonly Kind[]) {
  const kindOf = (owner: object): Kind | undefined => {
    const given: unknown = Object.entries(owner).find(([name]) => name === discriminator)?.[1];
    return kinds.find((kind) => kind === given);
  };
  return {
    /** The kinds in which the field is used; refused with `field-required` and `field-unknown`. */
    field(uses: Partial<Record<Kind, FieldUse>>): PropertyDecorator {
      const useIn = (owner: object): FieldUse | 'unknown-kind' | undefined => {
        const kind = kindOf(owner);
        return kind === undefined ? 'unknown-kind' : uses[kind];
      };
      return all(
        ValidateIf((owner: object, value: unknown) => {
          const use = useIn(owner);
          if (use === 'unknown-kind') return false;
          if (use === 'nullable' && value === null) return false;
          return value !== undefined || use === 'required';
        }),
        fieldRule('fieldRequired', { code: 'field-required' }, (value) => value !== undefined),
        fieldRule('fieldOfKind', { code: 'field-unknown' }, (_value, owner) => useIn(owner) !== undefined),
      );
    },
    /** The codes that the field can have in one kind; refused with `code-unknown`. */
    codes(kind: Kind, codes: readonly string[]): PropertyDecorator {
      const refusal: FieldRefusal = { code: 'code-unknown', params: { allowed: codes.join(', ') } };
      return fieldRule(`codeOf:${kind}`, refusal, (value, owner) => {
        return kindOf(owner) !== kind || codes.some((code) => code === value);
      });
    },
  };
}
