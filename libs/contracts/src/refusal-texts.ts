import { assessmentRefusals } from './refusal-texts/assessment.js';
import { clientRefusals, waitingListRefusals } from './refusal-texts/clients.js';
import { edgeRefusals } from './refusal-texts/edge.js';
import { generalRefusals } from './refusal-texts/general.js';
import { housingRefusals } from './refusal-texts/housing.js';
import { notificationRefusals } from './refusal-texts/notifications.js';
import { outsideRefusals } from './refusal-texts/outside.js';
import { structureRefusals } from './refusal-texts/structure.js';

/**
 * Every refusal that the system can give, with its HTTP status and its Dutch and English text. To add one, put it in
 * the file of its subject under refusal-texts/ (or add a subject here); its code and parameters are then known to the
 * compiler.
 */
export const refusalTexts = {
  ...generalRefusals,
  ...edgeRefusals,
  ...housingRefusals,
  ...clientRefusals,
  ...waitingListRefusals,
  ...outsideRefusals,
  ...structureRefusals,
  ...notificationRefusals,
  ...assessmentRefusals,
} as const;

export type RefusalCode = keyof typeof refusalTexts;

/** Names between braces in a text. */
type Placeholders<Text extends string> = Text extends `${string}{${infer Name}}${infer Rest}`
  ? Name | Placeholders<Rest>
  : never;

/** Names of the parameters that the texts of a code need. */
export type ParamNames<Code extends RefusalCode> = Code extends RefusalCode
  ? Placeholders<(typeof refusalTexts)[Code]['nl' | 'en']>
  : never;

export function isRefusalCode(code: string): code is RefusalCode {
  return Object.hasOwn(refusalTexts, code);
}
