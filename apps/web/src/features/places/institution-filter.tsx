import { useTranslation } from 'react-i18next';

import { useInstitutions } from '../../app/use-institutions.js';
import { FilterSelect } from '../../ui/filter-select.js';

interface InstitutionFilterProps {
  value: string | undefined;
  onChoose: (organisationId: string) => void;
}

/** Narrows a page to one institution; who sees only one has nothing to choose. */
export function InstitutionFilter({ value, onChoose }: InstitutionFilterProps) {
  const { t } = useTranslation('places');
  const { institutions } = useInstitutions();
  if (institutions.length < 2) return null;
  return (
    <FilterSelect
      label={t('occupancy.organisation')}
      value={value}
      options={institutions.map(({ organisationId, name }) => [organisationId, name])}
      onChoose={onChoose}
    />
  );
}
