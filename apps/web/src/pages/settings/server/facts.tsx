import { CircleAlert, CircleCheck } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'

export type Fact = readonly [name: string, value: ReactNode]

/** Names and values, one under the other. */
export const Facts = ({ entries }: { readonly entries: readonly Fact[] }): ReactNode => (
  <dl className="divide-y divide-border rounded-lg border border-border text-sm empty:hidden">
    {entries.map(([name, value]) => (
      <div key={name} className="grid gap-x-4 px-4 py-2 sm:grid-cols-2">
        <dt className="text-text-muted">{name}</dt>
        <dd>{value ?? '–'}</dd>
      </div>
    ))}
  </dl>
)

export interface HealthProps {
  readonly problem: string | undefined
  /** What there is to know of a part that does well. */
  readonly children?: ReactNode
}

/** That something works, or what is wrong with it. */
export function Health({ problem, children }: HealthProps): ReactNode {
  const { t } = useTranslation('settings')
  return (
    <span className="flex flex-wrap items-center gap-x-2">
      {problem === undefined ? (
        <span className="inline-flex items-center gap-1.5 text-success">
          <CircleCheck size={14} />
          {t('server.well')}
        </span>
      ) : (
        <span className="inline-flex items-center gap-1.5 text-danger">
          <CircleAlert size={14} />
          {problem}
        </span>
      )}
      <span className="text-text-muted">{children}</span>
    </span>
  )
}
