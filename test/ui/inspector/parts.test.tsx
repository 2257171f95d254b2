// What a balancer knows of its peers, as it is shown: states and counts can be heard as well as seen.
import { render, screen, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import type { Parts } from '../../../src/session/inspection.ts';
import { PartsList } from '../../../src/ui/inspector/PartsList.tsx';

const part = (name: string, more: Partial<Parts['list'][number]> = {}): Parts['list'][number] => ({
  name,
  state: 'up',
  tone: 'good',
  share: 0.25,
  due: 0.5,
  open: 3,
  pips: [{ label: 'probes', filled: 3, of: 4, mark: 2 }],
  marks: ['3 open', 'current −4, weight 5'],
  ...more,
});

it('says name, state, share, counts and what the rule holds of each', () => {
  const list = [
    part('api-1'),
    part('api-2', { state: 'out: probes fail', tone: 'bad', share: NaN, due: NaN }),
  ];
  render(<PartsList parts={{ heading: 'What it knows of its peers', list }} />);
  expect(screen.getByRole('heading', { name: /What it knows of its peers/ })).toBeVisible();
  const [first, second] = screen.getAllByRole('listitem');
  expect(first).toHaveTextContent('api-1up25.0 %3 open · current −4, weight 5');
  expect(
    within(first).getByRole('img', { name: 'probes: 3 of 4' }).querySelectorAll('i[data-filled]'),
  ).toHaveLength(3);
  expect(within(first).getByTitle('50.0 % by the rule')).toBeInTheDocument();
  expect(second).toHaveTextContent('out: probes fail–');
});

it('shows sixty of two hundred and how many more there are', () => {
  const list = Array.from({ length: 200 }, (_, i) => part(`api-${i + 1}`));
  render(<PartsList parts={{ heading: 'Peers', list }} />);
  expect(screen.getAllByRole('listitem')).toHaveLength(60);
  expect(screen.getByText('and 140 more')).toBeVisible();
});
