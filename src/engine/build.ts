/** What a kind gets to build the station of one node. */
import type { Core } from './core.ts';

export interface BuildContext {
  readonly core: Core;
  readonly id: string;
  readonly label: string;
  /** Row in frames and records. */
  readonly index: number;
}
