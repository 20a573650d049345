import { ClientError } from '@runnel/client'
import { patchGraph } from '@runnel/protocol/flow-changes'
import { type FlowCreate, type FlowRead, putFlow, readFlow, updateFlow } from '@runnel/protocol/flows'
import { diffJson } from '@runnel/protocol/json-patch'
import { listBuilds } from '@runnel/protocol/monitor'
import i18next from 'i18next'
import { client, queryClient } from '../../api/client.ts'
import { onMcpServersSaved } from '../../api/mcp-servers.ts'
import { sessionQuery } from '../../api/session.ts'
import { createNodeSizes } from '../../editor/canvas/node-sizes.ts'
import { createLateCatalogue } from '../../editor/catalogue.ts'
import { createEditor } from '../../editor/editor.ts'
import type { Workspace } from '../../editor/editor-context.tsx'
import { usersOfServers } from '../../editor/fields/mcp-value.ts'
import { createNodeRefresh } from '../../editor/fields/node-refresh.ts'
import { isWhole, readDocument } from '../../editor/model/flow-document.ts'
import { useRemembered } from '../../editor/remembered.ts'
import { DELIVERIES, type Delivery } from '../../editor/run/delivery.ts'
import { createFlowRunner, type LastBuild } from '../../editor/run/flow-runner.ts'
import { guardedRunner } from '../../editor/run/guarded-runner.ts'
import { type Autosave, createAutosave, UNSTORED } from '../../editor/saving/autosave.ts'
import { createFlowSync, type FlowSync, type MergedChange } from '../../editor/saving/flow-sync.ts'
import { keepHistory, restoreHistory } from '../../editor/saving/kept-history.ts'
import { keepDraft } from '../../editor/saving/local-draft.ts'
import { type FlowWatch, watchFlow } from '../../editor/saving/watch-flow.ts'
import { createComponentUpdates } from '../../editor/updates/component-updates.ts'
import { describeToday } from '../../editor/updates/describe-today.ts'
import { createWorkspaceUi } from '../../editor/workspace-ui.ts'
import { mayEdit } from '../../projects/may.ts'
import { whenIdle } from '../../ui/when-idle.ts'

export interface OpenWorkspace {
  readonly workspace: Workspace
  readonly autosave: Autosave
  readonly sync: FlowSync
  /** What a flow the server does not have is stored as; `flow` says it unless given. */
  name(naming: Pick<FlowCreate, 'name' | 'description'>): void
  /** Follows the user's edits until the returned function is called, which saves what is left of a flow that saves itself. */
  attend(): () => void
}

export interface OpenOptions {
  readonly flow: FlowRead
  /** How the server wants events of runs to be asked for; as a stream unless given. */
  readonly delivery?: string
  /** Milliseconds after the last change; undefined when the user saves. */
  readonly saveDelayMs: number | undefined
  /** Others' changes were taken in. */
  readonly onMerged: (change: MergedChange) => void
  /** The first save of a flow the server did not have. */
  readonly onStored: (flow: FlowRead) => void
  /** Somebody else has deleted the flow, or does not share it any more. */
  readonly onGone: () => void
}

/** Puts the parts of an open flow together: editor, runner, saving and what keeps it in step with others. */
export function openWorkspace({ flow, delivery, saveDelayMs, onMerged, onStored, onGone }: OpenOptions): OpenWorkspace {
  const { id: flowId } = flow
  const params = { flow_id: flowId }
  const isOpen = mayEdit(flow)
  const created = createEditor({ document: readDocument(flow.data), isLocked: flow.locked || !isOpen })
  // What a role does not allow no lock gives back.
  const editor = isOpen ? created : { ...created, setLocked: () => undefined }
  const channelName = `runnel.flow.${flowId}`
  let channel: BroadcastChannel | undefined
  let watch: FlowWatch | undefined
  /** Whether the server's lists are those of the document: what is no node was left out of it. */
  let isPatchable = isWhole(flow.data)
  let naming: Pick<FlowCreate, 'name' | 'description'> = { name: flow.name }
  const autosave = createAutosave({
    editor,
    version: flow.version_token,
    delayMs: saveDelayMs,
    onSaved: (version) => channel?.postMessage(version),
    async save(document, version) {
      const data = { ...document, nodes: [...document.nodes], edges: [...document.edges] }
      if (version === UNSTORED) {
        const body = { ...naming, folder_id: flow.folder_id, data }
        const made = await client.call(putFlow, { params, query: { rename: true }, body })
        onStored(made)
        return made.version_token
      }
      const headers = { 'if-match': version }
      if (isPatchable) {
        try {
          const patch = [...diffJson(autosave.saved().document, document)]
          return (await client.call(patchGraph, { params, headers, body: { patch } })).version_token
        } catch (error) {
          // Whatever is at odds between here and there, the whole graph settles it.
          if (!(error instanceof ClientError) || error.code !== 'graph_patch_mismatch') throw error
        }
      }
      const saved = await client.call(updateFlow, { params, headers, body: { data } })
      isPatchable = true
      return saved.version_token
    },
  })
  const sync = createFlowSync({
    editor,
    autosave,
    onMerged,
    listen(hear) {
      const opened = new BroadcastChannel(channelName)
      channel = opened
      opened.addEventListener(
        'message',
        ({ data }: MessageEvent<unknown>) => void hear(typeof data === 'string' ? { version: data } : {}),
      )
      const isStored = (): boolean => autosave.saved().version !== UNSTORED
      const begun = watchFlow({ flowId, isStored, hear, onGone })
      watch = begun
      return () => {
        begun.stop()
        opened.close()
      }
    },
    async read() {
      const { data, version_token: version } = await client.call(readFlow, { params })
      isPatchable = isWhole(data)
      return { document: readDocument(data), version }
    },
  })
  const components = createLateCatalogue()
  const updates = createComponentUpdates({
    editor,
    catalogue: components,
    describe: (node, entry, signal) => describeToday(client, node, entry, signal),
  })
  const workspace = {
    flowId,
    role: flow.role,
    userId: queryClient.getQueryData(sessionQuery.queryKey)?.user?.id ?? '',
    editor,
    catalogue: components,
    updates,
    runner: guardedRunner(createFlowRunner(flowId, { shelf: sessionStorage, delivery: deliveryOf(delivery) }), {
      editor,
      hasConflict: () => sync.store.getState().conflict !== undefined,
      catchUp: async () => watch?.ask(),
      refusal: () => i18next.t('editor:conflict.beforeRun'),
    }),
    ui: createWorkspaceUi(),
    refresh: createNodeRefresh({ editor, client }),
    sizes: createNodeSizes(),
  }
  /** What nodes gave before the page was opened: nothing waits for it, and nothing is said when it cannot be had. */
  async function showLastBuilds(): Promise<void> {
    const answer = await client.call(listBuilds, { query: { flow_id: flowId } }).catch(() => undefined)
    if (!answer) return
    // The same records as those of a run's events.
    const builds = Object.values(answer.vertex_builds).flat() as unknown as readonly LastBuild[]
    workspace.runner.showLast(builds, editor.getDocument())
  }
  return {
    workspace,
    autosave,
    sync,
    name(given) {
      naming = given
    },
    attend() {
      if (!isOpen) return sync.start()
      void workspace.runner.resume(editor.getDocument())
      const forget = flow.version_token === UNSTORED ? () => undefined : whenIdle(() => void showLastBuilds())
      if (editor.getDocument() === autosave.saved().document)
        void restoreHistory(flowId, editor, autosave.saved().version)
      const parts = [
        autosave.start(),
        sync.start(),
        keepDraft(flowId, editor, autosave),
        components.whenThere(updates.start),
      ]
      parts.push(keepHistory(flowId, editor, autosave))
      parts.push(
        onMcpServersSaved((names) => {
          if (editor.store.getState().isLocked) return
          for (const { nodeId, field } of usersOfServers(editor.getDocument(), names))
            workspace.refresh.changed(nodeId, field)
        }),
      )
      return () => {
        forget()
        // Where the user saves, leaving was asked about.
        if (saveDelayMs !== undefined) void autosave.flush()
        for (const stop of parts) stop()
      }
    },
  }
}

/** How runs tell what happens: as this browser was told to, else as the server wants it. */
const deliveryOf = (served: string | undefined) => (): Delivery =>
  useRemembered.getState().delivery ?? DELIVERIES.find((one) => one === served) ?? 'streaming'
