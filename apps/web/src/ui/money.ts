/** "$1.25", "$0.0042": US dollars, small amounts with two digits that say something. */
export function moneyText(dollars: number, language: string): string {
  const digits = dollars >= 0.01 || dollars === 0 ? { maximumFractionDigits: 2 } : { maximumSignificantDigits: 2 }
  return new Intl.NumberFormat(language, {
    style: 'currency',
    currency: 'USD',
    currencyDisplay: 'narrowSymbol',
    ...digits,
  }).format(dollars)
}

/** A cost, with a mark that it is higher when the price of some tokens is not known; undefined when none is known. */
export function costText(
  { cost, unpriced_tokens: unpriced }: { readonly cost: number | null; readonly unpriced_tokens: number },
  language: string,
): string | undefined {
  if (cost === null) return undefined
  return `${unpriced > 0 ? '≥ ' : ''}${moneyText(cost, language)}`
}
