import { type ReactNode, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { lazily } from '../../ui/lazily.ts'
import { Badge, Skeleton } from '../../ui/status.tsx'
import type { NodeDifference } from '../conflict/node-differences.ts'
import type { ChangeKind, FlowChanges } from './flow-changes.ts'

const TextDifference = lazily(async () => (await import('../editors/text-difference.tsx')).TextDifference)

const TONES = { added: 'success', removed: 'danger', changed: 'info', moved: 'neutral' } as const

/** From this length on, in characters, a value is compared line by line. */
const LONG = 80

/** What differs between two versions, grouped by node, and then the connections. */
export function ChangeList({ changes: { nodes, edges } }: { readonly changes: FlowChanges }): ReactNode {
  const { t } = useTranslation('workspace')
  return (
    <div className="flex flex-col gap-4" data-testid="change-list">
      {nodes.map(({ id, name, kind, fields }) => (
        <section key={id} aria-label={name} className="rounded-lg border border-border" data-testid={`change-${id}`}>
          <h2 className="flex items-center gap-2 px-3 py-2">
            <Kind kind={kind} />
            <span className="min-w-0 truncate font-medium text-sm">{name}</span>
            <span className="truncate text-text-muted text-xs">{id}</span>
          </h2>
          {fields.map((field) => (
            <FieldChange key={field.label} kind={kind} {...field} />
          ))}
        </section>
      ))}
      {edges.length > 0 ? (
        <section aria-label={t('compare.connections')} className="rounded-lg border border-border">
          <h2 className="px-3 py-2 font-medium text-sm">{t('compare.connections')}</h2>
          <ul>
            {edges.map(({ id, label, kind }) => (
              <li key={id} className="flex items-baseline gap-2 border-border border-t px-3 py-2 text-sm">
                <Kind kind={kind} />
                <span className="wrap-anywhere min-w-0">{label}</span>
              </li>
            ))}
          </ul>
        </section>
      ) : null}
    </div>
  )
}

function Kind({ kind }: { readonly kind: ChangeKind }): ReactNode {
  const { t } = useTranslation('workspace')
  return (
    <Badge tone={TONES[kind]} className="shrink-0">
      {t(`compare.${kind}`)}
    </Badge>
  )
}

function FieldChange({ kind, label, theirs, mine }: NodeDifference & { readonly kind: ChangeKind }): ReactNode {
  const { t } = useTranslation('workspace')
  const isLone = kind === 'added' || kind === 'removed'
  const isLong = [theirs, mine].some((text) => text.length > LONG || text.includes('\n'))
  return (
    <div className="flex flex-col gap-1.5 border-border border-t px-3 py-2 text-sm">
      <h3 className="text-text-muted text-xs">{label}</h3>
      {isLone ? (
        <p className="wrap-anywhere max-h-96 overflow-y-auto whitespace-pre-wrap">{mine || theirs}</p>
      ) : isLong ? (
        <Suspense fallback={<Skeleton className="h-20" />}>
          <TextDifference before={theirs} after={mine} className="max-h-96" />
        </Suspense>
      ) : (
        <p className="wrap-anywhere flex flex-wrap items-baseline gap-2">
          <del className="text-text-muted">{theirs || t('compare.nothing')}</del>
          <span aria-hidden="true">→</span>
          <ins className="no-underline">{mine || t('compare.nothing')}</ins>
        </p>
      )}
    </div>
  )
}
