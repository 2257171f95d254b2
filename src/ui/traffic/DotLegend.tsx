/** What the moving dots mean: each shape and colour in words. For the inspector and help. */
import { HOP_LOOKS } from '../../session/protocol.ts';
import { LOOKS, type Look } from './looks.ts';
import css from './DotLegend.module.css';

export function DotLegend() {
  return (
    <div className={css.legend}>
      <ul aria-label="What the moving dots mean">
        {HOP_LOOKS.map((look) => (
          <li key={look}>
            <Dot look={LOOKS[look]} />
            {LOOKS[look].label}
          </li>
        ))}
      </ul>
      <p>
        Every dot is a request; small ones are answers on their way back. At high rates a sample is shown.
        Fast hops are slowed down for the eye; in slow motion dots are where the requests are. Click one for
        its trace.
      </p>
    </div>
  );
}

function Dot({ look: { shape, colour } }: { readonly look: Look }) {
  const line = { fill: 'none', stroke: `var(${colour})` };
  return (
    <svg width="14" height="14" viewBox="-7 -7 14 14" aria-hidden="true">
      {shape === 'disc' && <circle r="4" fill={`var(${colour})`} />}
      {shape === 'square' && <rect x="-3.6" y="-3.6" width="7.2" height="7.2" fill={`var(${colour})`} />}
      {shape === 'cross' && (
        <path d="M-3.5-3.5l7 7M3.5-3.5l-7 7" {...line} strokeWidth="2.2" strokeLinecap="round" />
      )}
      {shape === 'circle' && <circle r="3.8" {...line} strokeWidth="1.7" />}
      {shape === 'ringed' && (
        <>
          <circle r="5.2" {...line} strokeWidth="1.6" />
          <circle r="1.9" fill={`var(${colour})`} />
        </>
      )}
    </svg>
  );
}
