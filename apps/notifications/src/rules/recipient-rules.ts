import type { Role } from '#contracts/codes.js';
import {
  compareUrgency,
  type EscalationTarget,
  type ExpectedAction,
  type MeldingBecause,
  type MeldingDuty,
  type MeldingUrgency,
  type RecipientRelation,
  UNASSIGNED,
} from '#contracts/notifications/codes.js';
import type { RuleName } from '#contracts/notifications/meldingen.js';
import type { NotificationRule } from '#contracts/notifications/rules.js';
import { type Availability, whoActsFor } from '../caseloads/replacement-rules.js';
import { clustersOfBefore, dutiesBy } from './duty-rules.js';
import type { Happening } from './happening.js';

/** Everything about responsibilities that a decision needs, as it stands on the day. */
export interface Responsibilities extends Availability {
  /** Regisseurs by cluster; several may share one (domain.md §2). */
  regisseurs: ReadonlyMap<string, readonly string[]>;
  /** Regisseurs who have this client in their caseload by name. */
  regisseursOfClient: readonly string[];
  /** Cluster where the client was last known to stay. */
  clientClusterId?: string;
  /** Representative by cluster. */
  representatives: ReadonlyMap<string, string>;
  /** People with coordinator duty. */
  coordinators: readonly string[];
  fallbackPersonId?: string;
  coordinatorPersonId?: string;
}

/** One person who gets the melding, and why. */
export interface Recipient {
  personId: string;
  ruleId: string;
  /** Of a rule of the region's own, which may be gone when the melding is read. */
  ruleName?: RuleName;
  urgency: MeldingUrgency;
  expectedAction: ExpectedAction;
  because: MeldingBecause;
  /** The colleagues who should have had it and are away, nearest first. */
  becauseOf: string[];
  /** What they answer for in this event, by every rule that reaches them. */
  duties: MeldingDuty[];
}

interface Reached {
  personId: string;
  because: MeldingBecause;
  becauseOf: string[];
  duties: MeldingDuty[];
}

const REGISSEUR_RELATIONS: readonly RecipientRelation[] = [
  'regisseur-of-cluster',
  'regisseur-of-previous-cluster',
  'regisseur-of-client',
];

/** The enabled rules that an event meets, most urgent first. */
export function rulesFor(rules: readonly NotificationRule[], happening: Happening): NotificationRule[] {
  const codes = Object.values(happening.codes);
  return rules
    .filter(({ enabled, eventType, when }) => {
      if (!enabled || eventType !== happening.eventType) return false;
      if (when.kinds && !when.kinds.includes(happening.kind)) return false;
      return !when.codes || when.codes.some((code) => codes.includes(code));
    })
    .sort((a, b) => compareUrgency(b.urgency, a.urgency));
}

/**
 * Who gets a melding of an event: each person once, by the most urgent rule that reaches them. Never nobody where a rule
 * has a fallback: without anybody responsible it goes to the fallback, then the coordinator, then the inbox `unassigned`.
 */
export function decideRecipients(
  rules: readonly NotificationRule[],
  happening: Happening,
  situation: Responsibilities,
): Recipient[] {
  const recipients = new Map<string, Recipient>();
  for (const rule of rulesFor(rules, happening)) {
    for (const reached of reachedBy(rule, happening, situation)) {
      const known = recipients.get(reached.personId);
      if (known) known.duties = [...new Set([...known.duties, ...reached.duties])];
      else {
        const { personId, because, becauseOf, duties } = reached;
        const { ruleId, urgency, expectedAction } = rule;
        const by = { ruleId, ...(rule.own ? { ruleName: rule.name } : {}), urgency, expectedAction };
        recipients.set(personId, { personId, because, becauseOf, duties, ...by });
      }
    }
  }
  return [...recipients.values()].sort((a, b) => (a.personId < b.personId ? -1 : 1));
}

function reachedBy(rule: NotificationRule, happening: Happening, situation: Responsibilities): Reached[] {
  const reached = rule.recipients
    .flatMap((relation) => related(relation, happening, situation))
    .filter(({ personId, relation }) => {
      const own = personId === happening.recordedBy;
      return !(own && rule.notToWhoEnteredIt && !REGISSEUR_RELATIONS.includes(relation));
    });
  if (!rule.withFallback || isGuarded(rule, reached)) return reached;
  // The fallback stands in for whoever is not reached; who is reached answers for their own part of it.
  const asked = new Set(rule.recipients.flatMap((relation) => dutiesBy(relation, happening)));
  const taken = new Set(reached.flatMap(({ duties }) => duties));
  return [
    ...reached,
    ...fallback(
      situation,
      [...asked].filter((duty) => !taken.has(duty)),
    ),
  ];
}

/**
 * Whether somebody guards the client as things are now. That only the regisseur of the place before is reached is not
 * enough: the client is then without one.
 */
function isGuarded(rule: NotificationRule, reached: readonly { relation: RecipientRelation }[]): boolean {
  const onlyBefore = reached.every(({ relation }) => relation === 'regisseur-of-previous-cluster');
  const asksForNow = rule.recipients.some((relation) => relation !== 'regisseur-of-previous-cluster');
  return reached.length > 0 && !(onlyBefore && asksForNow);
}

function related(
  relation: RecipientRelation,
  happening: Happening,
  situation: Responsibilities,
): (Reached & { relation: RecipientRelation })[] {
  const role: Role | undefined = REGISSEUR_RELATIONS.includes(relation) ? 'trajectregisseur' : undefined;
  return personsBy(relation, happening, situation).flatMap(({ personId, of }) => {
    const stand = whoActsFor(situation, personId, role);
    if (!stand) return [];
    const because = stand.insteadOf.length > 0 ? ('replacement' as const) : relation;
    const duties = dutiesBy(relation, happening, of);
    return [{ personId: stand.personId, because, becauseOf: stand.insteadOf, duties, relation }];
  });
}

/** Who is reached by a relation, and of which cluster where it can be one of several. */
interface Related {
  personId: string;
  of?: string;
}

function personsBy(relation: RecipientRelation, happening: Happening, situation: Responsibilities): Related[] {
  switch (relation) {
    case 'regisseur-of-cluster':
      return named(regisseursOf(happening.clusterId ?? situation.clientClusterId, situation));
    case 'regisseur-of-previous-cluster':
      return clustersOfBefore(happening).flatMap((of) => named(regisseursOf(of, situation), of));
    case 'regisseur-of-client': {
      const byName = situation.regisseursOfClient;
      return named(byName.length > 0 ? byName : regisseursOf(situation.clientClusterId, situation));
    }
    case 'representative-of-place':
      return named(representativeOf(happening.clusterId, situation));
    case 'representative-of-previous-place':
      return clustersOfBefore(happening).flatMap((of) => named(representativeOf(of, situation), of));
    case 'coordinator':
      return named(coordinators(situation));
  }
}

function named(personIds: readonly string[], of?: string): Related[] {
  return personIds.map((personId) => ({ personId, ...(of === undefined ? {} : { of }) }));
}

function regisseursOf(clusterId: string | undefined, situation: Responsibilities): readonly string[] {
  return clusterId === undefined ? [] : (situation.regisseurs.get(clusterId) ?? []);
}

function representativeOf(clusterId: string | undefined, situation: Responsibilities): string[] {
  const representative = clusterId === undefined ? undefined : situation.representatives.get(clusterId);
  return representative === undefined ? [] : [representative];
}

function coordinators(situation: Responsibilities): string[] {
  const { coordinatorPersonId } = situation;
  return coordinatorPersonId === undefined ? [...situation.coordinators] : [coordinatorPersonId];
}

/** The named fallback, else the coordinator of the settings, else whoever has coordinator duty, else `unassigned`. */
function fallback(situation: Responsibilities, duties: MeldingDuty[]): Reached[] {
  const named = situation.fallbackPersonId === undefined ? [] : [situation.fallbackPersonId];
  for (const [persons, because] of [
    [named, 'fallback'],
    [coordinators(situation), 'coordinator'],
    [situation.coordinators, 'coordinator'],
  ] as const) {
    const stands = persons.flatMap((personId) => whoActsFor(situation, personId) ?? []);
    if (stands.length > 0) {
      return stands.map(({ personId, insteadOf }) => ({ personId, because, becauseOf: insteadOf, duties }));
    }
  }
  return [{ personId: UNASSIGNED, because: 'unassigned', becauseOf: [], duties }];
}

/**
 * To whom an unacknowledged melding goes: the first of the region's targets that finds somebody who does not have it
 * yet. Without any such person it becomes visible as `unassigned`.
 */
export function decideEscalation(
  targets: readonly EscalationTarget[],
  clusterIds: readonly string[],
  holders: ReadonlySet<string>,
  situation: Responsibilities,
): string[] {
  for (const target of targets) {
    const found = personsOfTarget(target, clusterIds, situation)
      .flatMap((personId) => whoActsFor(situation, personId)?.personId ?? [])
      .filter((personId) => !holders.has(personId));
    if (found.length > 0) return [...new Set(found)];
  }
  return holders.has(UNASSIGNED) ? [] : [UNASSIGNED];
}

function personsOfTarget(
  target: EscalationTarget,
  clusterIds: readonly string[],
  situation: Responsibilities,
): readonly string[] {
  switch (target) {
    case 'colleague':
      return [...clusterIds.flatMap((id) => regisseursOf(id, situation)), ...situation.regisseursOfClient];
    case 'coordinator':
      return coordinators(situation);
    case 'fallback':
      return situation.fallbackPersonId === undefined ? [] : [situation.fallbackPersonId];
  }
}
