/** The answer to whoever tries to change a design that is only looked at. */
import type { Notice } from './view.ts';

export function readOnlyNotice(): Notice {
  return {
    id: 'read-only',
    tone: 'info',
    text: 'This view is read-only. Run it and break it here; to change it, choose “Edit a copy”.',
    isBrief: true,
  };
}
