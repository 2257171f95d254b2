// Chromium runs every shipped example as Node does.
import { findChromium, launchArguments } from '../../.config/chromium.mjs';
import { expectSameDigests } from './digests.ts';

const executablePath = findChromium();

expectSameDigests('Chromium', {
  browser: 'chrome',
  args: launchArguments,
  ...(executablePath ? { executablePath } : {}),
});
