import type { NotificationRule } from '#contracts/notifications/rules.js';

/** A required rule stays on and keeps reaching the regisseur of where the client now is (domain.md §3). */
export function stillReachesRegisseur(rule: NotificationRule): boolean {
  return !rule.required || (rule.enabled && rule.recipients.includes('regisseur-of-cluster'));
}
