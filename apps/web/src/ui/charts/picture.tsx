import './charts.css';

import { queryOptions, useQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useRef, useState } from 'react';

import { Failure, Loading } from '../states.js';
import type { ChartOption } from './engine.js';

/** Fetched when the first picture is wanted; it is larger than the rest of the app together. */
const engineQuery = queryOptions({
  queryKey: ['chart-engine'],
  queryFn: () => import('./engine.js'),
  staleTime: 'static',
  gcTime: Infinity,
  structuralSharing: false,
});

/** Narrower there is nothing to see, and the page is still being put together. */
const NARROWEST = 160;

interface PictureProps {
  /** What a screen reader says instead: all that can be read from the picture. */
  alternative: string;
  height: number;
  /** What to draw on so many pixels. The same function as long as nothing changed. */
  option: (width: number) => ChartOption;
}

/** One picture, as wide as there is room, drawn again when that changes. */
export function Picture({ alternative, height, option }: PictureProps) {
  const engine = useQuery(engineQuery);
  const frame = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  useEffect(() => {
    const element = frame.current;
    if (element === null) return undefined;
    const observer = new ResizeObserver(() => setWidth(element.clientWidth));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  const { data } = engine;
  const svg = useMemo(
    () => (data === undefined || width < NARROWEST ? undefined : data.draw(option(width), { width, height })),
    [data, option, width, height],
  );
  useEffect(() => {
    if (svg === undefined) return;
    const { documentElement } = new DOMParser().parseFromString(svg, 'image/svg+xml');
    // All of it is said by the alternative.
    documentElement.setAttribute('aria-hidden', 'true');
    frame.current?.replaceChildren(documentElement);
  }, [svg]);
  if (engine.error !== null) {
    return <Failure error={engine.error} onRetry={() => void engine.refetch()} headingLevel={4} />;
  }
  return (
    // The room that the picture takes is there from the beginning, so that nothing below it moves.
    <div className="d-picture" style={{ minBlockSize: height }}>
      {svg === undefined ? <Loading rows={Math.max(2, Math.floor(height / 48))} /> : null}
      <div ref={frame} role="img" aria-label={alternative} className="d-picture__frame" />
    </div>
  );
}
