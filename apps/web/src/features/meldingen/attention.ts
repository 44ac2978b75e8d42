import { ATTENTION_GROUPS, type AttentionGroup, type Melding } from '../../api/meldingen.js';

/** Open meldingen that stand together for the same reason. */
export interface Attention<M> {
  group: AttentionGroup;
  rows: M[];
}

/**
 * The list under its headings, in the order in which it came: the headings tell why a line stands where it stands. Of pages
 * that were fetched at different moments a line may belong higher by now; it stays under the heading where it came, so that
 * no heading comes twice.
 */
export function inGroups<M extends Pick<Melding, 'group'>>(rows: readonly M[]): Attention<M>[] {
  const groups: Attention<M>[] = [];
  for (const row of rows) {
    const last = groups.at(-1);
    if (last !== undefined && ATTENTION_GROUPS.indexOf(row.group) <= ATTENTION_GROUPS.indexOf(last.group)) {
      last.rows.push(row);
    } else {
      groups.push({ group: row.group, rows: [row] });
    }
  }
  return groups;
}
