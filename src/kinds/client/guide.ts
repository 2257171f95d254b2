/** Words about clients. */
import type { Guide } from '../contract.ts';

export const guide: Guide = {
  whatItIs:
    'The people or programs that start requests. Open-loop clients start them at a rate of their own, whatever the system does; closed-loop users wait for an answer, think, and go on.',
  whenToUse:
    'Open loop for the public internet, where a slow system does not make fewer people come. Users for a fixed crowd: staff, batch jobs, load generators.',
  whenNot:
    'Do not judge overload with closed-loop users: they slow down with the system and hide the queue that real traffic would build.',
  notModelled: [
    'Sizes of single requests: a link of limited bandwidth has one size for requests and one for answers. Its queue has no end, and TCP does not slow down.',
    'Visitors who change their behaviour after an error, beyond the retries of the link.',
  ],
};
