/** Everything about one link: what goes on, the caller's policy, the network between, and what that means. */
import { LINK_PARAMS } from '../../kinds/link.ts';
import { LINK_PRESETS } from '../../kinds/link-presets.ts';
import type { DesignLink } from '../../model/document.ts';
import { useDesign, useServices } from '../app/context.ts';
import { specOf } from '../canvas/flow.ts';
import { LinkLive } from './LinkLive.tsx';
import { LinkWays, wordsOn } from './LinkWays.tsx';
import { PanelTabs } from './PanelTabs.tsx';
import { ParamForm } from './ParamForm.tsx';
import { PresetChoice } from './PresetChoice.tsx';
import css from './Inspector.module.css';

/** The one group that is about the wire; all others are the caller's policy. */
const NETWORK = 'Network';
/** Mean something only where the caller chooses among its callees, and where it chooses by the path. */
const BALANCING = 'Balancing';
const ROUTE = 'Route';
const GROUPS = [...new Set(Object.values(LINK_PARAMS).map((param) => param.group))];
const POLICY = [
  'Circuit breaker',
  ...GROUPS.filter((group) => group !== NETWORK && group !== 'Circuit breaker'),
];

export default function LinkPanel({ link }: { link: DesignLink }) {
  const { view } = useServices();
  const from = useDesign((design) => design.nodes.find((node) => node.id === link.from));
  const to = useDesign((design) => design.nodes.find((node) => node.id === link.to));
  const way = useDesign((design) => {
    const words = wordsOn(design, link);
    return words.length === 1 ? words[0] : null;
  });
  const caller = from && specOf(from.kind);
  const each = caller?.unitNoun ?? null;
  const whoCalls =
    caller?.presence === 'signpost'
      ? `those whom ${from?.label} sends, straight`
      : each
        ? `each ${from?.label} ${each}`
        : from?.label;
  const chooses = caller?.role === 'proxy' && caller.calls === 'many';
  const routes = chooses || caller?.calls === 'routes';
  const policy = POLICY.filter((group) => (group !== BALANCING || chooses) && (group !== ROUTE || routes));
  return (
    <>
      <h2 className={css.title}>
        <button title="Select the caller" onClick={() => view.select([link.from])}>
          {from?.label ?? link.from}
        </button>
        <span className={css.arrow}>→</span>
        <button title="Select the callee" onClick={() => view.select([link.to])}>
          {to?.label ?? link.to}
        </button>
      </h2>
      <p className={css.sub}>
        Calls from {whoCalls} to the{' '}
        {to ? specOf(to.kind)?.label.replace(/^[A-Z](?=[a-z])/, (letter) => letter.toLowerCase()) : ''}
        {way && <> · {way}</>}
      </p>
      <PanelTabs
        name="link"
        tabs={[
          { id: 'live', label: 'Live', content: <LinkLive link={link} /> },
          {
            id: 'policy',
            label: 'Policy',
            content: (
              <>
                <PresetChoice presets={LINK_PRESETS} table={LINK_PARAMS} targets={[link]} />
                <ParamForm table={LINK_PARAMS} targets={[link]} groups={policy} />
              </>
            ),
          },
          {
            id: 'network',
            label: 'Network',
            content: (
              <>
                <LinkWays link={link} />
                <ParamForm table={LINK_PARAMS} targets={[link]} groups={[NETWORK]} />
              </>
            ),
          },
          { id: 'about', label: 'About', content: <AboutLinks /> },
        ]}
      />
    </>
  );
}

function AboutLinks() {
  return (
    <>
      <p className={css.prose}>
        A link is one component calling another. The caller’s policy lives here: how long it waits, whether it
        tries again, when its circuit breaker stops it from calling at all. So does the network between the
        two.
      </p>
      <p className={css.prose}>
        A caller that gives up does not stop the callee: the work goes on and its answer is thrown away. That
        is how overload feeds itself.
      </p>
      <h3 className={css.heading}>What is not modelled</h3>
      <ul className={css.points}>
        <li>Routes: the way between two places is always the same one.</li>
        <li>Packets and congestion control: a message arrives whole, after its latency, or not at all.</li>
        <li>What TLS costs the caller, and what it costs after the handshake.</li>
        <li>Fallbacks of anything but services, and fallbacks for writes.</li>
      </ul>
    </>
  );
}
