/**
 * Everything that can be done to a design, as plain data: what is dispatched, kept, described and replayed.
 * It must not know how an edit is carried out.
 */
import type { Design, DesignLink, DesignNode, Drill, Group, Note, Point } from './document.ts';
import type { ParamValue } from './params.ts';

export interface Move {
  readonly id: string;
  readonly position: Point;
}

export type Edit =
  | { readonly type: 'addNode'; readonly node: DesignNode }
  | { readonly type: 'addLink'; readonly link: DesignLink }
  | { readonly type: 'addGroup'; readonly group: Group }
  | { readonly type: 'addNote'; readonly note: Note }
  /**
   * Nodes, links, groups, notes and drills. Links go with their nodes; what stood in a group moves up to its
   * parent.
   */
  | { readonly type: 'removeElements'; readonly ids: readonly string[] }
  /** Gives a link other ends; it keeps its id and params, and drills that name it. */
  | { readonly type: 'relink'; readonly id: string; readonly from: string; readonly to: string }
  /** Puts a node in the place of the one with its id: another kind, with the links and drills it had. */
  | { readonly type: 'replaceNode'; readonly node: DesignNode }
  /** New positions of nodes and notes. */
  | { readonly type: 'moveNodes'; readonly moves: readonly Move[] }
  /**
   * Of nodes and links. `undefined` resets to the default; give it also for a value that equals the default.
   */
  | {
      readonly type: 'setParam';
      readonly ids: readonly string[];
      readonly name: string;
      readonly value: ParamValue | undefined;
    }
  /** A node, group or drill; `null` is the design itself. */
  | { readonly type: 'rename'; readonly id: string | null; readonly label: string }
  | { readonly type: 'setSeed'; readonly seed: number }
  /** Puts nodes and groups into a group, or into none. */
  | { readonly type: 'setGroup'; readonly ids: readonly string[]; readonly group: string | null }
  /** Draws a group as one card, or with all that is in it. */
  | { readonly type: 'setCollapsed'; readonly id: string; readonly collapsed: boolean }
  /** Where in the world a group stands; `null` is nowhere in particular. */
  | { readonly type: 'setPlace'; readonly id: string; readonly place: string | null }
  /**
   * Between two places, the same both ways, ms. `undefined` is the typical one; give it also for a value that equals it.
   */
  | {
      readonly type: 'setRoundTrip';
      readonly from: string;
      readonly to: string;
      readonly rttMs: number | undefined;
    }
  /** Of the network as a whole; `undefined` as for `setParam`. */
  | { readonly type: 'setNetwork'; readonly name: string; readonly value: ParamValue | undefined }
  | { readonly type: 'setNote'; readonly id: string; readonly text: string }
  /** Adds a drill, or replaces the one with its id. */
  | { readonly type: 'setDrill'; readonly drill: Drill }
  /**
   * Copies of nodes, groups, notes, and of links with both ends among them. `duplicateIds` tells the new ids.
   */
  | { readonly type: 'duplicate'; readonly ids: readonly string[]; readonly offset: Point }
  /** Puts in another design, such as one from the clipboard. `insertIds` tells the new ids. */
  | { readonly type: 'insert'; readonly part: Design; readonly offset: Point }
  /** Another design in the place of this one, such as an earlier version of it. `label` says what was done. */
  | { readonly type: 'replace'; readonly design: Design; readonly label: string }
  /** Several edits that are one to people. */
  | { readonly type: 'batch'; readonly label: string; readonly edits: readonly Edit[] };
