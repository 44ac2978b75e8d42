import type {
  ExpectedAction,
  MeldingAction,
  MeldingSettlement,
  MeldingStatus,
  MeldingUrgency,
} from '#contracts/notifications/codes.js';
import type { MeldingPart } from '#contracts/notifications/meldingen.js';

/** One thing that happened to a melding. */
export interface HistoryEntry {
  at: Date;
  action: MeldingAction;
  by: string;
  personId?: string;
  until?: Date;
}

/** A part that a colleague with the same duty acknowledged. */
export interface PartPickUp {
  partId: string;
  by: string;
  at: Date;
}

/** A part that asks for nothing any more. */
export interface PartSettlement {
  partId: string;
  because: MeldingSettlement;
  at: Date;
}

/** How far the escalation of a melding came: 0 nothing yet, 1 reminded, 2 gone further. */
export type EscalationStage = 0 | 1 | 2;

/** A melding as it is stored: one client, one recipient, parts in order. */
export interface MeldingState {
  _id: string;
  personId: string;
  clientId: string;
  /** Counts the meldingen of one person about one client; with both it makes the identity. */
  number: number;
  status: MeldingStatus;
  read: boolean;
  urgency: MeldingUrgency;
  expectedAction: ExpectedAction;
  parts: MeldingPart[];
  createdAt: Date;
  lastPartAt: Date;
  updatedAt: Date;
  /** When the next step of the escalation is due, while it is open; null when none follows. */
  acknowledgeBy: Date | null;
  stage: EscalationStage;
  snoozedUntil: Date | null;
  acknowledgedAt: Date | null;
  acknowledgedBy: string | null;
  /** Who acknowledged the same changes, while that spares the owner; absent in meldingen of before. */
  pickedUp?: { by: string; at: Date } | null;
  /** Which parts colleagues acknowledged. */
  partsPickedUp?: PartPickUp[];
  /** Which parts ask for nothing any more. */
  partsSettled?: PartSettlement[];
  /** When somebody wanted it open again: acknowledgements of before no longer spare the owner. */
  reopenedAt?: Date | null;
  handedOver: { to: string[]; by: string; at: Date; note?: string } | null;
  receivedFrom: { personId: string; note?: string } | null;
  escalatedTo: string[];
  history: HistoryEntry[];
  version: number;
}
