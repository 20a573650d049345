import type { AlertRead } from '@runnel/protocol/alerts'
import { durationText } from '../../../ui/duration.ts'
import { moneyText } from '../../../ui/money.ts'

/** "12.5%", "2.4 s", "$3", "4": what an alert measures, as the language writes it. */
export function amountText(measure: AlertRead['measure'], value: number, language: string): string {
  switch (measure) {
    case 'error_rate':
      return new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 1 }).format(value / 100)
    case 'latency':
      return durationText(value * 1000, language)
    case 'spend':
      return moneyText(value, language)
    case 'no_runs':
      return new Intl.NumberFormat(language).format(value)
    default:
      return measure satisfies never
  }
}
