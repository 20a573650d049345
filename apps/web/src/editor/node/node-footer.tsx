import { Coins, Timer } from 'lucide-react'
import { memo, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { moneyText } from '../../ui/money.ts'
import { clockTime } from '../../ui/time.tsx'
import { useRunState } from '../editor-context.tsx'
import { useRemembered } from '../remembered.ts'

/** Time, tokens and cost of the last run, once there was one. */
export const NodeFooter = memo(function NodeFooter({ nodeId }: { readonly nodeId: string }): ReactNode {
  const { t, i18n } = useTranslation('fields')
  const run = useRunState((state) => state.nodes.get(nodeId))
  const isWanted = useRemembered(({ nodeFacts }) => nodeFacts)
  if (!isWanted || run?.status !== 'done' || run.endedAt === undefined) return null
  return (
    <footer className="flex flex-wrap items-center gap-x-3 whitespace-nowrap border-border border-t px-3 py-1 text-text-muted text-xs">
      <span className="flex items-center gap-1">
        <Timer size={12} />
        {clockTime(run.endedAt, i18n.language)}
        {run.duration ? ` · ${run.duration}` : ''}
      </span>
      {run.tokens ? (
        <span className="flex items-center gap-1" data-testid="node-tokens">
          <Coins size={12} />
          {t('node.tokens', { count: run.tokens })}
          {run.cost === undefined ? null : <span data-testid="node-cost">· {moneyText(run.cost, i18n.language)}</span>}
        </span>
      ) : null}
    </footer>
  )
})
