/** Pixels left of bars and lines for their names; on a phone just enough for the longest word of a domain. */
export const roomForNames = (width: number): number => (width < 480 ? 132 : 220);
