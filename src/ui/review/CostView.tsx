/** What the design would cost a month, roughly: per component, in total, and from which prices and assumptions. */
import { useId, useMemo, useState } from 'react';
import { PRICES, PRICES_AS_OF, SIZES, type Price } from '../../kinds/prices.ts';
import { DEFAULT_RATES, estimateCost, type NodeCost } from '../../kinds/review/estimate.ts';
import { useDesign, useServices } from '../app/context.ts';
import { formatAmount } from './amount.ts';
import { RateField } from './RateField.tsx';
import { cleanCurrency, DEFAULT_CURRENCY, keepRates, readRates, type OwnRates } from './rates.ts';
import { showElement } from './show-element.ts';
import css from './CostView.module.css';

export function CostView() {
  const design = useDesign((each) => each);
  const [rates, setRates] = useState(readRates);
  const [isKept, setIsKept] = useState(true);
  const estimate = useMemo(() => estimateCost(design, rates), [design, rates]);
  const change = (next: Partial<OwnRates>) => {
    const changed = { ...rates, changedOn: new Date().toISOString().slice(0, 10), ...next };
    setRates(changed);
    setIsKept(keepRates(changed));
  };
  const amount = (value: number) => `${formatAmount(value)} ${rates.currency}`;
  return (
    <>
      <p className={css.total}>
        <span className="number">≈ {amount(estimate.total)}</span> a month
      </p>
      <p className={css.note}>
        An estimate, not an offer.{' '}
        {rates.changedOn
          ? `With prices you changed on ${rates.changedOn}.`
          : `With rough defaults of ${PRICES_AS_OF}, no provider’s list.`}
        {estimate.isAtMost &&
          ' Requests behind a CDN, cache or rate limit are counted as if all of them came through.'}
        {estimate.unpriced.length > 0 &&
          ` Not counted, for want of a price: ${estimate.unpriced.join(', ')}.`}
      </p>
      {estimate.nodes.length === 0 ? (
        <p className={css.note}>Nothing that costs anything is drawn yet.</p>
      ) : (
        <ul className={css.nodes} aria-label="Cost per component">
          {estimate.nodes.map((each) => (
            <Row key={each.node} cost={each} total={estimate.total} amount={amount} />
          ))}
        </ul>
      )}
      <Rates title="Prices" table={PRICES} values={rates.prices} onChange={(prices) => change({ prices })} />
      <Rates title="Assumptions" table={SIZES} values={rates.sizes} onChange={(sizes) => change({ sizes })} />
      <Currency value={rates.currency} onChange={(currency) => change({ currency })} />
      <p className={css.note}>
        {isKept
          ? 'Prices are yours: kept in this browser for all designs, and not part of links or files.'
          : 'This browser refuses storage, so these prices last until the page is closed.'}
      </p>
      {rates.changedOn && (
        <button
          className="button"
          onClick={() => change({ ...DEFAULT_RATES, currency: DEFAULT_CURRENCY, changedOn: null })}
        >
          Back to the defaults
        </button>
      )}
    </>
  );
}

function Row({ cost, total, amount }: { cost: NodeCost; total: number; amount(value: number): string }) {
  const services = useServices();
  return (
    <li>
      <button
        className={css.row}
        title="Show it on the canvas"
        onClick={() => showElement(services, cost.node)}
        style={{ '--share': total > 0 ? cost.total / total : 0 } as React.CSSProperties}
      >
        <span className={css.name}>{cost.label}</span>
        <span className="number">{amount(cost.total)}</span>
        <small>
          {cost.charges.map(({ price, words }) => `${PRICES[price].label}: ${words}`).join(' · ')}
        </small>
      </button>
    </li>
  );
}

interface RatesProps<K extends string> {
  readonly title: string;
  readonly table: Readonly<Record<K, Price>>;
  readonly values: Readonly<Record<K, number>>;
  onChange(values: Readonly<Record<K, number>>): void;
}

function Rates<K extends string>({ title, table, values, onChange }: RatesProps<K>) {
  return (
    <details className={css.rates}>
      <summary>{title}</summary>
      {(Object.keys(table) as K[]).map((id) => (
        <RateField
          key={id}
          price={table[id]}
          value={values[id]}
          onChange={(value) => onChange({ ...values, [id]: value })}
        />
      ))}
    </details>
  );
}

function Currency({ value, onChange }: { value: string; onChange(value: string): void }) {
  const id = useId();
  return (
    <div className={css.currency}>
      <label htmlFor={id}>Currency</label>
      <input
        key={value}
        id={id}
        className="field"
        size={6}
        maxLength={5}
        defaultValue={value}
        onBlur={(event) => {
          const next = cleanCurrency(event.target.value);
          if (next && next !== value) onChange(next);
          else event.target.value = value;
        }}
      />
    </div>
  );
}
