import { ListTree } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Tooltip } from '../../ui/tooltip.tsx'

/** Opens the run a message comes from: each node with what it was given and gave. */
export function RunLink({
  runId,
  withText = false,
}: {
  readonly runId: string
  readonly withText?: boolean
}): ReactNode {
  const { t } = useTranslation('playground')
  const look = withText
    ? 'inline-flex h-7 items-center gap-1.5 rounded-md border border-border bg-surface px-2 font-medium text-xs hover:bg-surface-hover'
    : 'inline-grid size-6 place-items-center rounded-md text-text-muted hover:bg-surface-hover hover:text-text'
  const link = (
    <a
      href={`/monitor/runs/${runId}`}
      target="_blank"
      rel="noopener"
      aria-label={withText ? undefined : t('message.trace')}
      className={look}
      data-testid="open-trace"
    >
      <ListTree size={withText ? 12 : 14} />
      {withText ? t('message.trace') : null}
    </a>
  )
  return withText ? link : <Tooltip label={t('message.trace')}>{link}</Tooltip>
}
