import { Refusal } from '#contracts/refusal.js';

/** In which fields of a report a field of the housing command may stand that was made of it; the first that was given. */
const fieldsOfReport: Readonly<Record<string, readonly string[]>> = {
  clientId: ['clientNumber'],
  placeId: ['placeCode'],
  reservationId: ['placeCode'],
  from: ['date'],
  until: ['until', 'date'],
  expectedUntil: ['expectedUntil', 'date'],
  leaveId: ['date'],
  stayId: ['date'],
  target: ['reportId'],
  changeId: ['reportId'],
};

/**
 * The same refusal, at the fields of the report that was sent: who sent it knows no fields of commands.
 * @param data the report as it was sent
 */
export function atReport(refusal: Refusal, data: object): Refusal {
  const fields = refusal.fields.map((problem) => ({ ...problem, path: pathIn(problem.path, data) }));
  return new Refusal({ ...refusal.toJSON(), fields });
}

function pathIn(path: string, data: object): string {
  if (path.startsWith('data.')) return path;
  const field = path.slice(path.lastIndexOf('.') + 1);
  const given = Object.entries(data).flatMap(([name, value]) => (value === undefined ? [] : [name]));
  const found = [field, ...(fieldsOfReport[field] ?? [])].find((name) => given.includes(name));
  return found === undefined ? 'data' : `data.${found}`;
}
