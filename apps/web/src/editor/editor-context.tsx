import { createContext, type ReactNode, useContext } from 'react'
import { type StoreApi, useStore } from 'zustand'
import type { SharedRole } from '../projects/may.ts'
import type { NodeSizes } from './canvas/node-sizes.ts'
import type { Catalogue, LateCatalogue } from './catalogue.ts'
import type { Editor, EditorState } from './editor.ts'
import type { NodeRefresh } from './fields/node-refresh.ts'
import type { FlowRunner, RunState } from './run/flow-runner.ts'
import type { ComponentUpdates } from './updates/component-updates.ts'
import type { WorkspaceUi } from './workspace-ui.ts'

/** What every part of an open workspace shares. */
export interface Workspace {
  readonly flowId: string
  /** Who looks at it; empty where nobody is signed in. */
  readonly userId: string
  /** What that one is in the project of the flow, when somebody else made it. */
  readonly role?: SharedRole
  readonly editor: Editor
  readonly catalogue: LateCatalogue
  readonly runner: FlowRunner
  readonly ui: StoreApi<WorkspaceUi>
  readonly refresh: NodeRefresh
  /** Nodes whose components have newer forms. */
  readonly updates: ComponentUpdates
  /** How large the nodes are on the canvas. */
  readonly sizes: NodeSizes
  /** Where the flow itself is, when this shows another state of it. */
  readonly own?: Workspace
}

const WorkspaceContext = createContext<Workspace | undefined>(undefined)

export const WorkspaceProvider = ({
  workspace,
  children,
}: {
  readonly workspace: Workspace
  readonly children: ReactNode
}): ReactNode => <WorkspaceContext value={workspace}>{children}</WorkspaceContext>

export function useWorkspace(): Workspace {
  const workspace = useContext(WorkspaceContext)
  if (!workspace) throw new Error('useWorkspace outside of a workspace')
  return workspace
}

/** Every component the server knows, for what shows them; drawn anew when they have come. */
export const useCatalogue = (): Catalogue => useStore(useWorkspace().catalogue.store)

/** A slice of the editor's state; take the smallest that will do. */
export const useEditorState = <Slice,>(select: (state: EditorState) => Slice): Slice =>
  useStore(useWorkspace().editor.store, select)

/** A slice of what the runs of this flow have shown. */
export const useRunState = <Slice,>(select: (state: RunState) => Slice): Slice =>
  useStore(useWorkspace().runner.store, select)

/** A slice of what is open around the canvas. */
export const useWorkspaceUi = <Slice,>(select: (state: WorkspaceUi) => Slice): Slice =>
  useStore(useWorkspace().ui, select)
