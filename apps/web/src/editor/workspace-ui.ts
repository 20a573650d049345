import { createStore, type StoreApi } from 'zustand/vanilla'
import type { GuideLine } from './canvas/smart-guides.ts'
import type { HandleOf } from './model/compatibility.ts'
import type { FlowDocument, Point } from './model/flow-document.ts'
import type { Problem } from './model/problems.ts'
import type { RunRequest } from './run/flow-runner.ts'
import { plainSettings, type RunSettings } from './run/run-settings.ts'

/** What is open around the canvas. Nothing of it is saved with the flow. */
export interface WorkspaceUi {
  readonly isSidebarOpen: boolean
  /** The only part of the sidebar that is shown; undefined: all of them. */
  readonly sidebarPart: SidebarPart | undefined
  /** A component of the user's own that was begun and not saved yet: its source waits. */
  readonly unwritten: string | undefined
  readonly rightPanel: 'inspector' | 'playground' | 'versions' | undefined
  readonly dialog:
    | 'palette'
    | 'shortcuts'
    | 'settings'
    | 'export'
    | 'api'
    | 'embed'
    | 'publish'
    | 'share'
    | 'outline'
    | 'updates'
    | 'model-setup'
    | undefined
  /** What was to run, while a model is set up for it; undefined when that is done for its own sake. */
  readonly waiting: Partial<Omit<RunRequest, 'document'>> | undefined
  readonly isFindOpen: boolean
  /** Why the last run did not begin, as far as it is so still: marked on nodes and fields. */
  readonly refused: readonly Problem[]
  /** How the canvas runs the flow. */
  readonly runSettings: RunSettings
  /** Undefined: as the size of the flow suggests. */
  readonly isMinimapOpen: boolean | undefined
  /** What a node that is being dragged is in line with. */
  readonly guideLines: readonly GuideLine[]
  readonly isDockOpen: boolean
  readonly dockTab: 'problems' | 'timeline' | 'logs' | 'variables'
  /** The search at the pointer: where it stands on the screen, where the node goes, and the handle that waits for it. */
  readonly quickAdd: QuickAdd | undefined
  /** The menu of a right click, or of what was pasted and can become several things. */
  readonly menu: CanvasMenu | undefined
  /** The address of a flow that is to be fetched, and where its nodes go. */
  readonly fetched: FetchedFlow | undefined
  /** The sidebar and the canvas show only what fits this handle. */
  readonly handleFilter: HandleOf | undefined
  /** A handle an edge is being drawn from, dragged or clicked. */
  readonly connecting: HandleOf | undefined
  /** The edge whose other end is looked for, when the menu of the edge asked for it. */
  readonly movedEdge: string | undefined
  /** What is open of one node: its controls, its source, or its name being edited. */
  readonly nodePanel: { readonly nodeId: string; readonly panel: 'controls' | 'code' | 'rename' | 'pin' } | undefined
  /** The node whose notes are to be written next, in the inspector. */
  readonly commented: string | undefined
  /** A note waits for a click that says where it goes; its ghost follows the pointer. */
  readonly isPlacing: boolean
  /** Where nodes were that are shown on the way to where they have been put. */
  readonly gliding: ReadonlyMap<string, Point> | undefined
  /** The node whose menu is open, and where it was asked for, in pixels of the window. */
  readonly nodeMenu: { readonly nodeId: string; readonly x: number; readonly y: number } | undefined
  /** The version that is looked at in place of the flow; it cannot be changed. */
  readonly preview: { readonly versionId: string; readonly name: string; readonly document: FlowDocument } | undefined
  /** The output whose last value is shown. */
  readonly shownOutput: { readonly nodeId: string; readonly output: string } | undefined
}

export type SidebarPart = 'components' | 'mcp' | 'bundles'

export interface QuickAdd extends Place {
  readonly from: HandleOf | undefined
  /** The edge that what is chosen goes into the middle of. */
  readonly edgeId?: string
  /** The edge that goes when something is chosen: it was taken off its other end. */
  readonly replaces?: string
}

interface Place {
  readonly screen: Point
  readonly flow: Point
}

export interface FetchedFlow extends Place {
  readonly address: string
}

export type CanvasMenu = Place &
  (
    | { readonly of: 'canvas' | 'selection' }
    | { readonly of: 'edge'; readonly edgeId: string }
    | { readonly of: 'text'; readonly text: string }
  )

const STORED = 'runnel.workspace'

interface Remembered {
  readonly isSidebarOpen: boolean
  readonly isMinimapOpen: boolean | undefined
}

function remembered(): Partial<Remembered> {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(STORED) ?? '{}')
    return typeof value === 'object' && value !== null ? value : {}
  } catch {
    return {}
  }
}

function linkedPanel(): WorkspaceUi['rightPanel'] {
  const panel = new URLSearchParams(globalThis.location?.search).get('panel')
  return panel === 'playground' || panel === 'versions' ? panel : undefined
}

/** The panels of one open workspace; which of them were open is remembered for the next. */
export function createWorkspaceUi(): StoreApi<WorkspaceUi> {
  const { isSidebarOpen = true, isMinimapOpen } = remembered()
  const store = createStore<WorkspaceUi>(() => ({
    isSidebarOpen,
    sidebarPart: undefined,
    unwritten: undefined,
    isMinimapOpen,
    guideLines: [],
    // A link may open a flow with its chat or its versions.
    rightPanel: linkedPanel(),
    dialog: undefined,
    waiting: undefined,
    isFindOpen: false,
    refused: [],
    runSettings: plainSettings,
    isDockOpen: false,
    dockTab: 'problems',
    quickAdd: undefined,
    menu: undefined,
    fetched: undefined,
    handleFilter: undefined,
    connecting: undefined,
    movedEdge: undefined,
    nodePanel: undefined,
    commented: undefined,
    isPlacing: false,
    gliding: undefined,
    nodeMenu: undefined,
    shownOutput: undefined,
    preview: undefined,
  }))
  store.subscribe(({ isSidebarOpen, isMinimapOpen }, previous) => {
    if (isSidebarOpen === previous.isSidebarOpen && isMinimapOpen === previous.isMinimapOpen) return
    localStorage.setItem(STORED, JSON.stringify({ isSidebarOpen, isMinimapOpen }))
  })
  return store
}
