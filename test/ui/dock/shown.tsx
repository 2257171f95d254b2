/** The dock over a fake worker, rendered, for tests by role and label. */
import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { vi } from 'vitest';
import { Dock } from '../../../src/ui/dock/Dock.tsx';
import { RunProvider } from '../../../src/ui/run/use-run.ts';
import { startRun } from '../run/started.ts';
import { eventually } from '../../session/patience.ts';

export async function showDock() {
  // jsdom has no canvas; what is drawn is looked at in a browser.
  HTMLCanvasElement.prototype.getContext = () => null;
  // Nor a layout: everything is as large as the plot of the timeline.
  vi.spyOn(HTMLElement.prototype, 'clientWidth', 'get').mockReturnValue(1_292);
  vi.spyOn(HTMLElement.prototype, 'clientHeight', 'get').mockReturnValue(186);
  const started = await startRun();
  const picked: string[] = [];
  const user = userEvent.setup();
  const shown = render(
    <RunProvider value={started.run}>
      <Dock onSelect={(id) => picked.push(id)} />
    </RunProvider>,
  );
  await screen.findByRole('group', { name: 'Timeline' });
  /** Lets so many simulated ms pass, and waits until the page has heard of it. */
  const advance = async (simMs: number) => {
    const before = started.run.live.frame?.simMs ?? 0;
    started.worker().api.advance(simMs);
    await eventually(() => {
      if ((started.run.live.frame?.simMs ?? 0) === before) throw new Error('no frame yet');
    });
  };
  const leave = () => {
    shown.unmount();
    started.run.dispose();
    vi.restoreAllMocks();
  };
  return { ...started, user, picked, advance, leave };
}
