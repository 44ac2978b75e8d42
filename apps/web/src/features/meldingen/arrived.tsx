import { Button } from '@amsterdam/design-system-react';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';

import { useMeldingenStream } from '../../app/meldingen-stream.js';
import { useAnnounce } from '../../ui/announcer.js';

interface ArrivedBarProps {
  isEngaged: () => boolean;
  onShow: () => Promise<unknown>;
}

/**
 * New meldingen announce themselves. They come into the list by themselves only while nobody is at work in it; otherwise
 * they wait behind "3 nieuwe", so that nothing moves under the pointer.
 */
export function ArrivedBar({ isEngaged, onShow }: ArrivedBarProps) {
  const { t } = useTranslation('meldingen');
  const announce = useAnnounce();
  const { arrived, clearArrived } = useMeldingenStream();
  const show = (): void => {
    clearArrived();
    void onShow();
  };
  const latest = useRef({ isEngaged, show });
  useEffect(() => {
    latest.current = { isEngaged, show };
  });
  useEffect(() => {
    if (arrived.length === 0) return;
    announce(t('announceArrived', { count: arrived.length }));
    if (!latest.current.isEngaged()) latest.current.show();
  }, [arrived, announce, t]);
  if (arrived.length === 0) return null;
  return (
    <div className="d-arrived">
      <strong>{t('arrived', { count: arrived.length })}</strong>
      <Button type="button" variant="secondary" onClick={show}>
        {t('showArrived')}
      </Button>
    </div>
  );
}

/** Says honestly whether new meldingen come in by themselves right now. */
export function StreamLine() {
  const { t, i18n } = useTranslation('meldingen');
  const { state, downSince, retryNow } = useMeldingenStream();
  const time = new Intl.DateTimeFormat(i18n.language, { timeStyle: 'short' });
  const isDown = downSince !== undefined;
  const text = isDown
    ? t('stream.waiting', { since: time.format(downSince) })
    : t(state === 'waiting' ? 'stream.connecting' : `stream.${state}`);
  return (
    <p
      className={isDown || state === 'closed' ? 'd-note d-note--warning d-stream' : 'd-stream d-small d-muted'}
      role="status"
    >
      <span className={`d-stream__dot d-stream__dot--${state === 'live' ? 'live' : 'off'}`} aria-hidden="true" />
      {text}{' '}
      {isDown ? (
        <button type="button" className="d-link-button" onClick={retryNow}>
          {t('stream.retry')}
        </button>
      ) : null}
    </p>
  );
}
