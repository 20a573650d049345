import { CircleAlert, Lightbulb } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../ui/button.tsx'
import { useWorkspace } from '../editor-context.tsx'
import type { Hint } from '../model/hints.ts'
import type { Problem } from '../model/problems.ts'
import { useGoToNode } from './use-go-to-node.ts'

export interface ProblemListProps {
  readonly problems: readonly Problem[]
  readonly hints: readonly Hint[]
}

const ASKS_A_MODEL: ReadonlySet<Problem['key']> = new Set(['modelLacking', 'embeddingsLacking'])

/** What would stop a run, then what is hardly meant; a click leads to the node. */
export function ProblemList({ problems, hints }: ProblemListProps): ReactNode {
  const { t } = useTranslation(['workspace', 'editor'])
  const { ui } = useWorkspace()
  return (
    <>
      {problems.length === 0 ? (
        <p className="p-4 text-sm text-text-muted">{t('dock.noProblems')}</p>
      ) : (
        <ul className="p-1">
          {problems.map(({ key, values, nodeId }) => (
            <Finding key={`${nodeId} ${key} ${values.field}`} nodeId={nodeId}>
              <CircleAlert size={14} className="shrink-0 text-warning" />
              {t(`editor:problems.${key}`, values)}
            </Finding>
          ))}
        </ul>
      )}
      {problems.some(({ key }) => ASKS_A_MODEL.has(key)) ? (
        <Button
          size="sm"
          className="mx-3 mb-2"
          data-testid="set-up-model"
          onClick={() => ui.setState({ dialog: 'model-setup', waiting: undefined })}
        >
          {t('dock.setUpModel')}
        </Button>
      ) : null}
      {hints.length === 0 ? null : (
        <>
          <h3 className="border-border border-t px-3 pt-2 text-text-muted text-xs">{t('dock.hints')}</h3>
          <ul className="p-1" data-testid="flow-hints">
            {hints.map(({ key, values, nodeId }) => (
              <Finding key={`${nodeId} ${key} ${values.field}`} nodeId={nodeId}>
                <Lightbulb size={14} className="shrink-0 text-info" />
                {t(`editor:hints.${key}`, values)}
              </Finding>
            ))}
          </ul>
        </>
      )}
    </>
  )
}

interface FindingProps {
  readonly nodeId: string | undefined
  readonly children: ReactNode
}

function Finding({ nodeId, children }: FindingProps): ReactNode {
  const goTo = useGoToNode()
  return (
    <li>
      <button
        type="button"
        disabled={nodeId === undefined}
        onClick={() => nodeId !== undefined && goTo(nodeId)}
        className="flex min-h-8 w-full items-center gap-2 rounded-sm px-2 text-left text-sm hover:bg-surface-hover"
      >
        {children}
      </button>
    </li>
  )
}
