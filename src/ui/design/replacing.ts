/**
 * Puts a component of another kind in the place of one, with its links, its name and the settings both kinds have. It
 * must not know how the kind is chosen on screen.
 */
import { connectionProblem } from '../../kinds/connect.ts';
import type { KindSpec } from '../../kinds/contract.ts';
import { SPECS } from '../../kinds/specs.ts';
import type { Design, DesignNode } from '../../model/document.ts';
import { paramProblem } from '../../model/param-checks.ts';
import type { ParamOverrides } from '../../model/params.ts';
import type { Services } from '../app/context.ts';
import { boxOf, specOf } from '../canvas/flow.ts';
import { freeLabel, type Editing } from './actions.ts';

/** Asks for the kind; offers those that can keep every link, and says why when there is none. */
export function openReplace(services: Services, id: string): void {
  const { design } = services.design.getState();
  const node = design.nodes.find((each) => each.id === id);
  if (!node) return;
  const others = Object.values(SPECS).filter(({ kind }) => kind !== node.kind);
  const fitting = others.filter((spec) => lostLink(design, node, spec) === null);
  if (fitting.length === 0) {
    const text = `No other kind can keep the links of ${node.label}. ${lostLink(design, node, others[0]) ?? ''}`;
    services.view.notify({ id: 'replacing', tone: 'info', text, isBrief: true });
    services.speech.say(text);
    return;
  }
  const { x, y, width } = boxOf(node);
  services.view.setState({
    picking: {
      at: services.canvas.clientAt({ x: x + width + 16, y }),
      title: `Replace ${node.label} by`,
      choices: fitting.map(({ kind }) => ({ kind })),
      origin: id,
      pick(kind) {
        replaceKind(services, id, kind);
        requestAnimationFrame(() => services.canvas.focus(id));
      },
    },
  });
}

export function replaceKind(editing: Editing, id: string, kind: string): void {
  const { design } = editing.design.getState();
  const node = design.nodes.find((each) => each.id === id);
  const spec = specOf(kind);
  if (!node || !spec) return;
  const own = specOf(node.kind)?.label;
  // A name somebody gave stays; "Service 2" would be a lie on a cache.
  const isGiven = !own || !(node.label === own || /^ \d+$/.test(node.label.slice(own.length)));
  const label = isGiven ? node.label : freeLabel(design.nodes, spec.label);
  const replacement = { ...node, kind, label, params: keptParams(node.params, spec) };
  const said = `Replace ${node.label} by ${spec.label}`;
  editing.design.edit({ type: 'batch', label: said, edits: [{ type: 'replaceNode', node: replacement }] });
  editing.speech.say(`${said}. Its links stay.`);
}

/** Settings of the same name whose value the other kind allows. */
function keptParams(params: ParamOverrides, { params: table }: KindSpec): ParamOverrides {
  const kept = Object.entries(params).filter(
    ([name, value]) =>
      Object.hasOwn(table, name) &&
      table[name].default !== value &&
      paramProblem(table[name], value) === null,
  );
  return Object.fromEntries(kept);
}

/** Why the first link could not stay, or null when all can. */
function lostLink(design: Design, node: DesignNode, { kind }: KindSpec): string | null {
  const nodes = design.nodes.map((each) => (each === node ? { ...node, kind } : each));
  const links = design.links.filter((link) => link.from === node.id || link.to === node.id);
  // One after the other, as if they were drawn anew: some kinds call only one thing.
  let future: Design = { ...design, nodes, links: design.links.filter((link) => !links.includes(link)) };
  for (const link of links) {
    const problem = connectionProblem(future, link.from, link.to);
    if (problem) return problem;
    future = { ...future, links: [...future.links, link] };
  }
  return null;
}
