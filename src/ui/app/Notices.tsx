/** Messages over the canvas that wait for nobody: what happened, and what can be done about it. */
import { X } from 'lucide-react';
import { useEffect } from 'react';
import { useView, useViewStore } from './context.ts';
import type { Notice } from './view.ts';
import css from './Notices.module.css';

export function Notices() {
  const notices = useView((view) => view.notices);
  return notices.map((notice) => <NoticeCard key={notice.id} notice={notice} />);
}

/** Long enough to read two sentences. */
const BRIEF_MS = 7_000;
/** Longer lists of problems help nobody on a screen this size. */
const MOST_DETAILS = 8;

function NoticeCard({ notice }: { notice: Notice }) {
  const view = useViewStore();
  const details = notice.details ?? [];
  useEffect(() => {
    if (!notice.isBrief) return;
    const timer = setTimeout(() => view.dismiss(notice.id), BRIEF_MS);
    return () => clearTimeout(timer);
  }, [view, notice]);
  return (
    <div className={css.notice} data-tone={notice.tone} role={notice.tone === 'bad' ? 'alert' : 'status'}>
      <div className={css.words}>
        <p>{notice.text}</p>
        {details.length > 0 && (
          <ul className={css.details}>
            {details.slice(0, MOST_DETAILS).map((detail, index) => (
              <li key={index}>{detail}</li>
            ))}
            {details.length > MOST_DETAILS && <li>and {details.length - MOST_DETAILS} more.</li>}
          </ul>
        )}
      </div>
      {notice.actions?.map((action) => (
        <button
          key={action.label}
          className="button"
          onClick={() => {
            view.dismiss(notice.id);
            action.run();
          }}
        >
          {action.label}
        </button>
      ))}
      <button
        className="button"
        data-look="icon"
        aria-label="Dismiss"
        onClick={() => view.dismiss(notice.id)}
      >
        <X size={15} aria-hidden />
      </button>
    </div>
  );
}
