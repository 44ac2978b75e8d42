import { useSuspenseQuery } from '@tanstack/react-query';

import { meQuery, type Me, type Permission } from '../api/session.js';

/** Who is signed in. Only under the frame, which waits for it. */
export function useMe(): Me {
  return useSuspenseQuery(meQuery).data;
}

/** Whether the person may use something at all; what they may do to one client is decided by the service. */
export function useCan(): (permission: Permission) => boolean {
  const { permissions } = useMe();
  return (permission) => permissions.includes(permission);
}
