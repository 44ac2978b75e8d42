import { useState } from 'react';
import { useTranslation } from 'react-i18next';

/** A short text to pass on, with a button that copies it. */
export function CopyText({ label, text }: { label: string; text: string }) {
  const { t } = useTranslation();
  const [copied, setCopied] = useState(false);
  const copy = (): void => {
    void navigator.clipboard.writeText(text).then(() => setCopied(true));
  };
  return (
    <p className="d-copy">
      <span>{label}: </span>
      <code>{text}</code>{' '}
      <button type="button" className="d-link-button" onClick={copy}>
        {copied ? t('action.copied') : t('action.copy')}
      </button>
    </p>
  );
}
