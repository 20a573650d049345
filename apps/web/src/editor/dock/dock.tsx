import { useQuery } from '@tanstack/react-query'
import { ChevronDown, ChevronUp, CircleAlert, Globe, ListTree, ScrollText } from 'lucide-react'
import { type ReactNode, Suspense, useCallback, useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { variablesQuery } from '../../api/variables.ts'
import { IconButton } from '../../ui/button.tsx'
import { lazily } from '../../ui/lazily.ts'
import { ResizeEdge } from '../../ui/resize-edge.tsx'
import { ChoiceTabs } from '../../ui/tabs.tsx'
import { useCatalogue, useWorkspace, useWorkspaceUi } from '../editor-context.tsx'
import { useLateFromFlow } from '../from-flow.ts'
import type { FlowDocument } from '../model/flow-document.ts'
import { hintsOf } from '../model/hints.ts'
import { type Problem, problemId, problemsOf } from '../model/problems.ts'
import { WHOLE } from '../model/topology.ts'
import { variableProblems } from '../model/variable-problems.ts'
import { wantedModels } from '../model-setup/fill-models.ts'
import { modelProblems } from '../model-setup/model-problems.ts'
import { useLackedModels } from '../model-setup/use-model-setup.ts'
import { DOCK_HEIGHTS, remember, useRemembered } from '../remembered.ts'
import { NodeLogs } from './node-logs.tsx'
import { ProblemList } from './problem-list.tsx'
import { RunTimeline } from './run-timeline.tsx'

const VariableList = lazily(async () => (await import('./variable-list.tsx')).VariableList)

/** What is wrong with the flow, how its last run went, and what its nodes wrote down; below the canvas. */
export function Dock(): ReactNode {
  const { t } = useTranslation('workspace')
  const { ui } = useWorkspace()
  const isOpen = useWorkspaceUi((state) => state.isDockOpen)
  const height = useRemembered(({ dockHeight }) => dockHeight)
  const tab = useWorkspaceUi((state) => state.dockTab)
  const problems = useProblems()
  return (
    <section
      aria-label={t('dock.label')}
      className="relative flex shrink-0 flex-col border-border border-t bg-surface"
      style={isOpen ? { height } : undefined}
    >
      {isOpen ? (
        <ResizeEdge
          label={t('dock.height')}
          side="top"
          value={height}
          {...DOCK_HEIGHTS}
          onChange={(dockHeight) => remember({ dockHeight })}
        />
      ) : null}
      <div className="flex items-center">
        <ChoiceTabs
          label={t('dock.label')}
          value={tab}
          onChange={(dockTab) => ui.setState({ dockTab, isDockOpen: true })}
          className="min-w-0 flex-1 overflow-x-auto border-b-0!"
          tabs={[
            {
              value: 'problems',
              testId: 'dock-problems',
              label: (
                <>
                  <CircleAlert size={14} className={problems.length > 0 ? 'text-warning' : ''} />
                  {t('dock.problems', { count: problems.length })}
                </>
              ),
            },
            {
              value: 'timeline',
              testId: 'dock-timeline',
              label: (
                <>
                  <ListTree size={14} />
                  {t('dock.timeline')}
                </>
              ),
            },
            {
              value: 'logs',
              testId: 'dock-logs',
              label: (
                <>
                  <ScrollText size={14} />
                  {t('dock.logs')}
                </>
              ),
            },
            {
              value: 'variables',
              testId: 'dock-variables',
              label: (
                <>
                  <Globe size={14} />
                  {t('dock.variables')}
                </>
              ),
            },
          ]}
        />
        <IconButton
          label={t(isOpen ? 'dock.close' : 'dock.open')}
          tooltipSide="top"
          aria-expanded={isOpen}
          data-testid="dock-toggle"
          onClick={() => ui.setState({ isDockOpen: !isOpen })}
        >
          {isOpen ? <ChevronDown size={15} /> : <ChevronUp size={15} />}
        </IconButton>
      </div>
      {isOpen ? (
        <div
          role="tabpanel"
          aria-label={t(`dock.panels.${tab}`)}
          className="min-h-0 flex-1 overflow-y-auto border-border border-t"
        >
          {tab === 'problems' ? <Findings problems={problems} /> : null}
          {tab === 'timeline' ? <RunTimeline /> : null}
          {tab === 'logs' ? <NodeLogs /> : null}
          {tab === 'variables' ? (
            <Suspense fallback={null}>
              <VariableList />
            </Suspense>
          ) : null}
        </div>
      ) : null}
    </section>
  )
}

const modelsOf = (document: FlowDocument) => wantedModels(document, WHOLE)

/** Hints are looked for only while they are shown. */
function Findings({ problems }: { readonly problems: readonly Problem[] }): ReactNode {
  const hints = useLateFromFlow(hintsOf)
  return <ProblemList problems={problems} hints={hints} />
}

/** Kept up while the flow is edited, a moment behind what is typed. An empty flow is no problem yet. */
function useProblems(): readonly Problem[] {
  const { ui, role } = useWorkspace()
  const catalogue = useCatalogue()
  const lacked = useLackedModels(useLateFromFlow(modelsOf))
  const { data: variables } = useQuery({ ...variablesQuery, staleTime: 60_000, enabled: role === undefined })
  const find = useCallback(
    (document: FlowDocument) => [
      ...problemsOf(document, { ...WHOLE, catalogue, hidesSecrets: role !== undefined }).filter(
        ({ key }) => key !== 'empty',
      ),
      // What somebody else made runs with the models and variables of that one.
      ...(role === undefined ? modelProblems(document, lacked) : []),
      ...(variables ? variableProblems(document, (name) => variables.some((one) => one.name === name), WHOLE) : []),
    ],
    [catalogue, lacked, role, variables],
  )
  const problems = useLateFromFlow(find)
  useEffect(() => {
    const left = new Set(problems.map(problemId))
    const { refused } = ui.getState()
    const still = refused.filter((problem) => left.has(problemId(problem)))
    // What was put right is no longer marked.
    if (still.length < refused.length) ui.setState({ refused: still })
  }, [problems, ui])
  return problems
}
