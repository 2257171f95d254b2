/** Two regions that screen readers read out: politely what was done, at once what went wrong in the run. */
import { useEffect, useRef } from 'react';
import { useServices } from './context.ts';

export function LiveRegions() {
  const { speech, run } = useServices();
  const polite = useRef<HTMLParagraphElement>(null);
  const assertive = useRef<HTMLParagraphElement>(null);
  useEffect(() => {
    const write = (region: HTMLElement | null, text: string) => {
      // The same sentence twice is read out only if the text changes.
      if (region) region.textContent = region.textContent === text ? `${text}\u00a0` : text;
    };
    const leave = [
      speech.subscribe((text) => write(polite.current, text)),
      run.announcer.subscribe(({ text, urgency }) => {
        if (urgency === 'assertive') write(assertive.current, text);
        else speech.say(text);
      }),
    ];
    return () => leave.forEach((each) => each());
  }, [speech, run]);
  return (
    <>
      <p ref={polite} className="visually-hidden" role="status" aria-live="polite" data-testid="polite" />
      <p
        ref={assertive}
        className="visually-hidden"
        role="alert"
        aria-live="assertive"
        data-testid="assertive"
      />
    </>
  );
}
