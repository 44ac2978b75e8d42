import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import { useNavigate } from 'react-router';

import type { MeasurementKind } from '#contracts/assessment/codes.js';

import { newIdempotencyKey } from '../../api/http.js';
import { startZrm, zrmKeys, zrmVersionsQuery } from '../../api/zrm.js';
import { today } from '../../ui/dates.js';

/** Begins an empty draft of a kind and opens it. Pressing again after a broken connection opens the same one. */
export function useStartZrm(clientId: string) {
  const queries = useQueryClient();
  const navigate = useNavigate();
  const keys = useRef(new Map<MeasurementKind, string>());
  return useMutation({
    mutationFn: async (kind: MeasurementKind) => {
      const { current } = await queries.query(zrmVersionsQuery);
      const key = keys.current.get(kind) ?? newIdempotencyKey();
      keys.current.set(kind, key);
      return startZrm(clientId, { kind, date: today(), matrixVersion: current, scores: [] }, key);
    },
    onSuccess: async ({ measurementId }) => {
      await navigate(`/clienten/${clientId}/zrm/${measurementId}`);
      await queries.invalidateQueries({ queryKey: zrmKeys.ofClient(clientId) });
      await queries.invalidateQueries({ queryKey: zrmKeys.lists });
    },
  });
}
