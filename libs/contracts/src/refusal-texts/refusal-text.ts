/** HTTP status classes that a refusal can have; the edge maps them one to one. */
export type RefusalStatus = 400 | 401 | 403 | 404 | 405 | 409 | 412 | 413 | 415 | 422 | 429 | 500 | 503;

/**
 * One entry of the catalogue. Texts are plain (Dutch at B1) and say what is wrong and what can be done. `{name}` is
 * filled in from the parameters: dates (`2026-03-01`) and periods (`2026-03-01/2026-04-01`, `2026-03-01/..`) are
 * written out as people read them. A text never holds personal data: place labels, dates and codes only.
 */
export interface RefusalText {
  readonly status: RefusalStatus;
  readonly nl: string;
  readonly en: string;
}
