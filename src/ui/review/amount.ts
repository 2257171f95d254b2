/** Money without false precision: two significant digits are what an estimate has. */
export function formatAmount(value: number): string {
  if (!Number.isFinite(value) || value <= 0) return '0';
  if (value < 1) return '<1';
  const scale = 10 ** Math.max(0, Math.floor(Math.log10(value)) - 1);
  return (Math.round(value / scale) * scale).toLocaleString('en-US', { maximumFractionDigits: 0 });
}
