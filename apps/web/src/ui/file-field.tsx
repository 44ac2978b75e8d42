import { useState } from 'react';
import { useTranslation } from 'react-i18next';

interface FileFieldProps {
  id: string;
  accept: string;
  describedBy: string;
  onChoose: (file: File | undefined) => void;
}

/** Chooses one file, by pressing or by dropping it here. The native field is there, but tells it in our words. */
export function FileField({ id, accept, describedBy, onChoose }: FileFieldProps) {
  const { t } = useTranslation('common');
  const [name, setName] = useState<string>();
  return (
    <span className="d-file">
      <input
        id={id}
        type="file"
        className="d-file__input"
        accept={accept}
        aria-describedby={describedBy}
        onChange={(event) => {
          const file = event.target.files?.[0];
          setName(file?.name);
          onChoose(file);
        }}
      />
      <span className="d-file__face" aria-hidden="true">
        <span className="ams-button ams-button--secondary">{t('file.choose')}</span>
        <span>{name ?? t('file.none')}</span>
      </span>
    </span>
  );
}
