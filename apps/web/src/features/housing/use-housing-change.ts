import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';

import { clientKeys } from '../../api/clients.js';
import { changeHousing, undoHousingChange, type HousingCommand } from '../../api/housing.js';
import { placeKeys } from '../../api/places.js';
import { waitingKeys } from '../../api/waiting-list.js';
import { useUndo } from '../../ui/undo.js';

/** Records a change, brings every page up to date and offers to undo it. */
export function useHousingChange() {
  const { t } = useTranslation('housing');
  const queries = useQueryClient();
  const offerUndo = useUndo();
  const refresh = async (): Promise<void> => {
    await Promise.all(
      [clientKeys.all, placeKeys.occupancy, waitingKeys.all].map((queryKey) => queries.invalidateQueries({ queryKey })),
    );
  };
  const undoable = (clientId: string, changeId: string, text: string): void =>
    offerUndo({
      text,
      undo: async () => {
        await undoHousingChange(clientId, changeId);
        await refresh();
      },
    });
  return {
    refresh,
    undoable,
    change: async (
      clientId: string,
      command: HousingCommand,
      options: { version?: number | undefined; idempotencyKey: string },
      text?: string,
    ): Promise<void> => {
      const made = await changeHousing(clientId, command, options);
      undoable(clientId, made.changeId, text ?? t(`done.${command.kind}`));
      await refresh();
    },
  };
}
