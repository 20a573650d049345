import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'

export interface RunWordsProps {
  readonly input: string | null
  readonly output: string | null
}

/** The beginning of what was said to a run, and of what it answered. */
export function RunWords({ input, output }: RunWordsProps): ReactNode {
  const { t } = useTranslation('monitor')
  const texts = [
    [t('runs.column.input'), input],
    [t('runs.column.output'), output],
  ] as const
  if (input === null && output === null) return null
  return (
    <div className="grid gap-4 lg:grid-cols-2">
      {texts.map(([label, text]) => (
        <section key={label} aria-label={label} className="min-w-0 rounded-lg border border-border p-4">
          <h3 className="mb-1 text-text-muted text-xs">{label}</h3>
          <p className="wrap-anywhere whitespace-pre-wrap text-sm">{text ?? '–'}</p>
        </section>
      ))}
    </div>
  )
}
