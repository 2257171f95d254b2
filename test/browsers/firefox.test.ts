// Firefox runs every shipped example as Node does.
import { findFirefox } from '../../.config/firefox.mjs';
import { expectSameDigests } from './digests.ts';

const executablePath = findFirefox();

expectSameDigests('Firefox', { browser: 'firefox', ...(executablePath ? { executablePath } : {}) });
