import { QueryClient } from '@tanstack/react-query';

import { ApiError } from '../api/problem.js';

/** A refusal stays a refusal; only an unreachable or failing server is worth asking once more. */
function worthRetrying(failures: number, error: Error): boolean {
  if (!(error instanceof ApiError)) return false;
  return failures < 2 && (error.status === 0 || error.status >= 502);
}

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: { retry: worthRetrying, staleTime: 5_000, refetchOnWindowFocus: true },
    mutations: { retry: false },
  },
});
