import { useState, type KeyboardEvent, type RefObject } from 'react';

import type { Bar, Board, BoardPlace } from '../../api/places.js';
import type { BoardMove } from './use-board-move.js';

interface Spot {
  bar: Bar;
  place: BoardPlace;
  row: number;
}

/** Whether there is something to open behind a bar: a client, or a reservation from outside that can be taken back. */
export const isReachable = (bar: Bar): boolean => bar.clientId !== undefined || bar.fromOutside !== undefined;

/** The stays on the board that can be reached, row by row. */
function spotsOf(board: Board): Spot[] {
  return board.items.flatMap((place, row) => place.bars.filter(isReachable).map((bar) => ({ bar, place, row })));
}

/** The stay in the nearest other row (in a direction) that overlaps most with where one is. */
function vertical(spots: Spot[], from: Spot, direction: 1 | -1): Spot | undefined {
  const rows = spots.filter((spot) => (spot.row - from.row) * direction > 0).map((spot) => spot.row);
  const row = direction === 1 ? Math.min(...rows) : Math.max(...rows);
  const candidates = spots.filter((spot) => spot.row === row);
  const isAround = (spot: Spot): boolean => spot.bar.until === undefined || spot.bar.until > from.bar.from;
  return candidates.find(isAround) ?? candidates.at(-1);
}

function nextSpot(spots: Spot[], at: number, key: string): Spot | undefined {
  const current = spots[at];
  if (current === undefined) return undefined;
  switch (key) {
    case 'ArrowRight':
      return spots[at + 1];
    case 'ArrowLeft':
      return spots[at - 1];
    case 'ArrowDown':
      return vertical(spots, current, 1);
    case 'ArrowUp':
      return vertical(spots, current, -1);
    case 'Home':
      return spots[0];
    case 'End':
      return spots.at(-1);
    default:
      return undefined;
  }
}

/** Arrows walk through the stays, m picks one up, arrows choose the place, enter puts it down, escape lets go. */
export function useBoardKeys(
  container: RefObject<HTMLDivElement | null>,
  board: Board,
  move: BoardMove,
  onOpen: (bar: Bar) => void,
) {
  const [focused, setFocused] = useState<string>();

  const whileMoving = (event: KeyboardEvent): void => {
    if (event.key === 'ArrowDown') move.step(1);
    else if (event.key === 'ArrowUp') move.step(-1);
    else if (event.key === 'Enter') void move.finish();
    else if (event.key === 'Escape') move.cancel();
    else return;
    event.preventDefault();
  };

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (move.moving !== undefined) {
      whileMoving(event);
      return;
    }
    const spots = spotsOf(board);
    const stayId = event.target instanceof HTMLElement ? event.target.dataset['stay'] : undefined;
    const at = spots.findIndex((spot) => spot.bar.stayId === stayId);
    const current = spots[at];
    if (current === undefined) return;
    if (event.key === 'm') {
      move.start(current.bar, current.place);
      event.preventDefault();
      return;
    }
    if (event.key === 'Enter') {
      onOpen(current.bar);
      event.preventDefault();
      return;
    }
    const next = nextSpot(spots, at, event.key);
    if (next === undefined) return;
    setFocused(next.bar.stayId);
    container.current?.querySelector<HTMLElement>(`[data-stay="${CSS.escape(next.bar.stayId)}"]`)?.focus();
    event.preventDefault();
  };

  const known = board.items.some((place) => place.bars.some((bar) => bar.stayId === focused));
  return { focused: known ? focused : undefined, onKeyDown };
}
