import { useState, type ReactNode } from 'react';

interface FoldProps {
  label: string;
  children: () => ReactNode;
}

/** What is one press away; it is made when it is asked for, so that much of it costs nothing before. */
export function Fold({ label, children }: FoldProps) {
  const [isOpen, setOpen] = useState(false);
  return (
    <details className="d-fold" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{label}</summary>
      {isOpen ? children() : null}
    </details>
  );
}
