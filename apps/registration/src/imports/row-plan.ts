import type { ClientRowPlan } from './clients/client-row-plan.js';
import type { PlaceRow } from './rows/check-row.js';
import type { PlannedStep } from './stays/stay-simulation.js';

/** What a row does when it is carried out, by kind of file. */
export type RowPlan =
  | { readonly of: 'places'; readonly place: PlaceRow; readonly placeId?: string }
  | ({ readonly of: 'clients' } & ClientRowPlan)
  | {
      readonly of: 'stays';
      readonly number: string;
      readonly steps: readonly PlannedStep[];
      /** Stay or leave that the line number stands for from now on. */
      readonly targetId?: string;
    };
