/**
 * How a request looks: shape and colour for each entry of HOP_LOOKS, in the one place that painter and legend share.
 * It must not know canvases or React.
 */
import type { HOP_LOOKS } from '../../session/protocol.ts';

export type HopLook = (typeof HOP_LOOKS)[number];
export type Shape = 'disc' | 'square' | 'ringed' | 'cross' | 'circle';

export interface Look {
  readonly shape: Shape;
  /** Custom property of its colour. */
  readonly colour: `--${string}`;
  readonly label: string;
}

export const LOOKS: Readonly<Record<HopLook, Look>> = {
  read: { shape: 'disc', colour: '--brand', label: 'read' },
  write: { shape: 'square', colour: '--ink', label: 'write' },
  hit: { shape: 'disc', colour: '--hit', label: 'answered from a cache' },
  stale: { shape: 'disc', colour: '--stale', label: 'stale answer' },
  failed: { shape: 'cross', colour: '--bad', label: 'failed' },
  retry: { shape: 'ringed', colour: '--brand', label: 'another attempt' },
  abandoned: { shape: 'circle', colour: '--idle', label: 'abandoned, still working' },
};

/** Size on the canvas at 100 %, in CSS pixels. */
export const DOT_RADIUS = 3.1;
