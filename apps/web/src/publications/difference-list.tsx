import type { BreakingChange } from '@runnel/protocol/contract'
import type { FlowDifference } from '@runnel/protocol/publications'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Badge } from '../ui/status.tsx'
import { usePublicationWords } from './publication-words.ts'

type Kind = FlowDifference['kind']

const toneOf = (kind: Kind): 'success' | 'danger' | 'info' =>
  kind.endsWith('_added') ? 'success' : kind.endsWith('_removed') ? 'danger' : 'info'

/** How one version became another, a line for each difference. */
export function DifferenceList({ changes }: { readonly changes: readonly FlowDifference[] }): ReactNode {
  const { t } = useTranslation('api')
  const words = usePublicationWords()
  if (changes.length === 0) return <p className="text-sm text-text-muted">{t('difference.none')}</p>
  return (
    <ul className="flex flex-col gap-1.5" data-testid="difference-list">
      {changes.map((change) => (
        <li key={`${change.kind} ${change.message}`} className="flex items-baseline gap-2 text-sm">
          <Badge tone={toneOf(change.kind)} className="shrink-0">
            {t(`difference.${change.kind}`)}
          </Badge>
          <span className="wrap-anywhere min-w-0">{words.difference(change)}</span>
        </li>
      ))}
    </ul>
  )
}

/** What callers of the version before would trip over. */
export function BreakingList({ changes }: { readonly changes: readonly BreakingChange[] }): ReactNode {
  const { t } = useTranslation('api')
  const words = usePublicationWords()
  return (
    <ul className="flex flex-col gap-1.5" data-testid="breaking-list">
      {changes.map((change) => (
        <li key={`${change.kind} ${change.name}`} className="flex items-baseline gap-2 text-sm">
          <Badge tone="warning" className="shrink-0">
            {t(`breaking.${change.kind}`)}
          </Badge>
          <span className="wrap-anywhere min-w-0">{words.breaking(change)}</span>
        </li>
      ))}
    </ul>
  )
}
