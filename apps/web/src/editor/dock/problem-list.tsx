import { CircleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Problem } from '../model/problems.ts'
import { useGoToNode } from './use-go-to-node.ts'

/** What would stop a run; a click leads to the node. */
export function ProblemList({ problems }: { readonly problems: readonly Problem[] }): ReactNode {
  const { t } = useTranslation(['workspace', 'editor'])
  const goTo = useGoToNode()
  if (problems.length === 0) return <p className="p-4 text-sm text-text-muted">{t('dock.noProblems')}</p>
  return (
    <ul className="p-1">
      {problems.map(({ key, values, nodeId }) => (
        <li key={`${nodeId} ${key} ${values.field}`}>
          <button
            type="button"
            disabled={nodeId === undefined}
            onClick={() => nodeId !== undefined && goTo(nodeId)}
            className="flex min-h-8 w-full items-center gap-2 rounded-sm px-2 text-left text-sm hover:bg-surface-hover"
          >
            <CircleAlert size={14} className="shrink-0 text-warning" />
            {t(`editor:problems.${key}`, values)}
          </button>
        </li>
      ))}
    </ul>
  )
}
