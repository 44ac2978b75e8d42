import { Button } from '@amsterdam/design-system-react';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';

import { Refresher } from '../../api/refresher.js';
import { useMeldingenStream } from '../../app/meldingen-stream.js';
import { useAnnounce } from '../../ui/announcer.js';

interface LiveLineProps {
  isEngaged: () => boolean;
  onShow: () => Promise<unknown>;
}

/**
 * New meldingen announce themselves. They come into the list by themselves only while nobody is at work in it; otherwise
 * they wait behind "3 nieuwe". The line has its height from the start, so that nothing moves under the pointer.
 */
export function LiveLine({ isEngaged, onShow }: LiveLineProps) {
  const { t } = useTranslation('meldingen');
  const announce = useAnnounce();
  const { arrived, clearArrived } = useMeldingenStream();
  const show = (): Promise<unknown> => {
    clearArrived();
    return onShow();
  };
  const latest = useRef({ isEngaged, show });
  const byItself = useRef<Refresher>(undefined);
  useEffect(() => {
    latest.current = { isEngaged, show };
  });
  useEffect(() => {
    if (arrived.size === 0) return;
    announce(t('announceArrived', { count: arrived.size }));
    byItself.current ??= new Refresher(async () => {
      if (!latest.current.isEngaged()) await latest.current.show();
    });
    byItself.current.ask();
  }, [arrived, announce, t]);
  return (
    <div className="d-live" role="status">
      {arrived.size === 0 ? (
        <StreamState />
      ) : (
        <>
          <strong>{t('arrived', { count: arrived.size })}</strong>
          <Button type="button" variant="secondary" onClick={() => void show()}>
            {t('showArrived')}
          </Button>
        </>
      )}
    </div>
  );
}

/** Says honestly whether new meldingen come in by themselves right now. */
function StreamState() {
  const { t, i18n } = useTranslation('meldingen');
  const { state, downSince, retryNow } = useMeldingenStream();
  const time = new Intl.DateTimeFormat(i18n.language, { timeStyle: 'short' });
  const isDown = downSince !== undefined;
  const text = isDown
    ? t('stream.waiting', { since: time.format(downSince) })
    : t(state === 'waiting' ? 'stream.connecting' : `stream.${state}`);
  return (
    <>
      <span className={`d-live__dot d-live__dot--${state === 'live' ? 'live' : 'off'}`} aria-hidden="true" />
      <span className={isDown || state === 'closed' ? 'd-late d-small' : 'd-muted d-small'}>{text}</span>
      {isDown ? (
        <button type="button" className="d-link-button d-small" onClick={retryNow}>
          {t('stream.retry')}
        </button>
      ) : null}
    </>
  );
}
