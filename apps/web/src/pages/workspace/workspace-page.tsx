import { readFlow, updateFlow } from '@runnel/protocol/flows'
import { useSuspenseQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { type ReactNode, Suspense, useEffect, useMemo } from 'react'
import { client } from '../../api/client.ts'
import { catalogueQuery, configQuery } from '../../api/server-info.ts'
import { HealthBar } from '../../app/health-bar.tsx'
import { createAutosave } from '../../editor/autosave.ts'
import { createCatalogue } from '../../editor/catalogue.ts'
import { createEditor } from '../../editor/editor.ts'
import { WorkspaceProvider } from '../../editor/editor-context.tsx'
import { readDocument } from '../../editor/model/flow-document.ts'
import { createFlowRunner } from '../../editor/run/flow-runner.ts'
import { createWorkspaceUi } from '../../editor/workspace-ui.ts'
import { WorkspaceView } from '../../editor/workspace-view.tsx'
import { Spinner } from '../../ui/status.tsx'

/** The editor of one flow. */
export function WorkspacePage(): ReactNode {
  const { flowId } = useParams({ from: '/signed-in/flow/$flowId' })
  return (
    <div className="flex h-full flex-col">
      <HealthBar />
      <Suspense
        fallback={
          <div className="grid flex-1 place-items-center">
            <Spinner size={24} />
          </div>
        }
      >
        <OpenFlow key={flowId} flowId={flowId} />
      </Suspense>
    </div>
  )
}

function OpenFlow({ flowId }: { readonly flowId: string }): ReactNode {
  const { data: flow } = useSuspenseQuery({
    queryKey: ['flow', flowId],
    // The editor holds the flow from here on; what it saves it knows.
    staleTime: 0,
    gcTime: 0,
    refetchOnWindowFocus: false,
    queryFn: ({ signal }) => client.call(readFlow, { params: { flow_id: flowId }, signal }),
  })
  const { data: listed } = useSuspenseQuery(catalogueQuery)
  const { data: config } = useSuspenseQuery(configQuery)

  // biome-ignore lint/correctness/useExhaustiveDependencies: one workspace for as long as the flow is open
  const { workspace, autosave } = useMemo(() => {
    const editor = createEditor({ document: readDocument(flow.data), isLocked: flow.locked })
    const autosave = createAutosave({
      editor,
      version: flow.version_token,
      delayMs: config.auto_saving ? config.auto_saving_interval : undefined,
      async save(document, version) {
        const saved = await client.call(updateFlow, {
          params: { flow_id: flowId },
          body: { data: { ...document, nodes: [...document.nodes], edges: [...document.edges] } },
          headers: { 'if-match': version },
        })
        return saved.version_token
      },
    })
    const workspace = {
      flowId,
      editor,
      catalogue: createCatalogue(listed),
      runner: createFlowRunner(flowId),
      ui: createWorkspaceUi(),
    }
    return { workspace, autosave }
  }, [])
  useEffect(() => () => void autosave.flush().finally(() => autosave.stop()), [autosave])

  return (
    <WorkspaceProvider workspace={workspace}>
      <WorkspaceView flow={flow} autosave={autosave} />
    </WorkspaceProvider>
  )
}
