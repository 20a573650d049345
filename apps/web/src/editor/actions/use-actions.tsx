import { useReactFlow, useStoreApi } from '@xyflow/react'
import { createContext, type ReactNode, type RefObject, useContext, useEffect, useMemo, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { queryClient } from '../../api/client.ts'
import { mayRun } from '../../projects/may.ts'
import { composes } from '../../ui/input.tsx'
import { hideToast, notify, notifyError } from '../../ui/notifications.tsx'
import { viewOf } from '../canvas/first-view.ts'
import { prefersStill } from '../canvas/motion.ts'
import { boundsOf } from '../canvas/node-sizes.ts'
import { useWorkspace } from '../editor-context.tsx'
import type { Point } from '../model/flow-document.ts'
import { type Problem, problemsOf } from '../model/problems.ts'
import { WHOLE } from '../model/topology.ts'
import { lackedModel } from '../model-setup/fill-models.ts'
import { lackedVariables } from '../run/lacked-variables.ts'
import { askedBy } from '../run/run-settings.ts'
import type { Autosave } from '../saving/autosave.ts'
import type { WorkspaceUi } from '../workspace-ui.ts'
import { type Action, type ActionContext, actions } from './actions.ts'
import { takeText } from './paste.ts'
import { type ActionId, actionIds, printKeys, printPressed, useKeys } from './shortcuts.ts'
import { createZoomSteps, ZOOM_MS } from './zoom-steps.ts'

export interface Actions {
  readonly context: ActionContext
  /** Performs an action where it makes sense. @returns whether it was performed */
  perform(id: ActionId): boolean
  isEnabled(id: ActionId): boolean
  /** The keys of an action, as printed for a person. */
  keysOf(id: ActionId): string | undefined
  /** Adds what a part of the workspace can do; it is taken away again by the returned function. */
  register(more: Partial<Record<ActionId, Action>>): () => void
}

const ActionsContext = createContext<Actions | undefined>(undefined)

export function useActions(): Actions {
  const found = useContext(ActionsContext)
  if (!found) throw new Error('useActions outside of a workspace')
  return found
}

export interface ActionsProviderProps {
  readonly autosave: Autosave
  readonly canvas: RefObject<HTMLElement | null>
  readonly children: ReactNode
}

/** Whether what a key does goes into a text; the bar of a slider takes none. */
const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || target.matches('input:not([type="range"]), textarea, select'))

/** Gives the workspace its actions and listens for their keys. */
export function ActionsProvider({ autosave, canvas, children }: ActionsProviderProps): ReactNode {
  const { t } = useTranslation('editor')
  const workspace = useWorkspace()
  // Its functions stay the same; the object around them is a new one when the view is there.
  const { current: flow } = useRef(useReactFlow())
  const store = useStoreApi()
  const pointer = useRef<Point | undefined>(undefined)
  const extra = useRef(new Map<ActionId, Action>())

  const value = useMemo((): Actions => {
    let refusal: number | undefined
    const middle = (): Point => {
      const box = canvas.current?.getBoundingClientRect()
      return { x: (box?.x ?? 0) + (box?.width ?? 0) / 2, y: (box?.y ?? 0) + (box?.height ?? 0) / 2 }
    }
    const refuse = (problems: readonly Problem[]): void => {
      refusal = notify('error', t('problems.title'), {
        details: problems.map(({ key, values }) => t(`problems.${key}`, values)),
      })
      workspace.ui.setState({ isDockOpen: true, dockTab: 'problems', refused: problems })
      const [first] = problems
      if (first?.nodeId) workspace.editor.select({ nodes: new Set([first.nodeId]), edges: new Set() })
    }
    const zoomTo = (zoom: number): void => void flow.zoomTo(zoom, { duration: prefersStill() ? 0 : ZOOM_MS })
    const context: ActionContext = {
      workspace,
      view: {
        ...createZoomSteps({ getZoom: flow.getZoom, zoomTo, limits: store.getState }),
        zoomTo,
        fit(ids) {
          const { nodes } = workspace.editor.getDocument()
          const wanted = ids ? nodes.filter(({ id }) => ids.includes(id)) : nodes
          const bounds = boundsOf(wanted, workspace.sizes)
          const box = canvas.current?.getBoundingClientRect()
          if (bounds && box) void flow.setViewport(viewOf(bounds, box), { duration: prefersStill() ? 0 : 200 })
        },
        pointer: () => flow.screenToFlowPosition(pointer.current ?? middle()),
        middle: () => flow.screenToFlowPosition(middle()),
        screenPointer: () => pointer.current ?? middle(),
        focusNode: (id) =>
          canvas.current?.querySelector<HTMLElement>(`.react-flow__node[data-id="${CSS.escape(id)}"]`)?.focus(),
      },
      say: (kind, key, values) => void notify(kind, t(key, values ?? {})),
      runFlow(asked = WHOLE) {
        if (!mayRun(workspace)) return
        const document = workspace.editor.getDocument()
        const request = { ...askedBy(workspace.ui.getState().runSettings, workspace.flowId), ...asked }
        const { stopAt, startAt, toAllEnds, version } = request
        const part = { stopAt, startAt, toAllEnds }
        const isShared = workspace.role !== undefined
        // What was published can run, whatever the draft lacks.
        const problems =
          version === undefined
            ? problemsOf(document, { ...part, catalogue: workspace.catalogue, hidesSecrets: isShared })
            : []
        // What it lacked the last time is put right, or said anew.
        if (refusal !== undefined) hideToast(refusal)
        if (problems.length > 0) return refuse(problems)
        workspace.ui.setState({ refused: [] })
        // What the server has is asked for only where the flow needs it; the run tells it otherwise.
        // What somebody else made is run with the models and variables of that one.
        const lacked =
          version === undefined && !isShared
            ? Promise.all([lackedVariables(document, queryClient, request), lackedModel(document, queryClient, part)])
            : undefined
        void Promise.resolve(lacked)
          .catch(() => undefined)
          .then(([unnamed, model] = [[], undefined]) => {
            if (unnamed.length > 0) refuse(unnamed)
            else if (model) workspace.ui.setState({ dialog: 'model-setup', waiting: asked })
            else void workspace.runner.run({ ...request, document })
          })
      },
      perform: (id) => void perform(id),
      t: (key) => t(key),
      save: () =>
        void autosave.save().then((isSaved) => {
          if (isSaved) notify('success', t('save.done'))
          else notifyError(t('save.notDone'))
        }),
      tidy: () =>
        void import('../tidy/tidy-flow.ts')
          .then(({ tidyFlow }) => tidyFlow(workspace))
          .then(
            () => {
              if (workspace.editor.store.getState().selection.nodes.size < 2) context.view.fit()
            },
            () => notify('error', t('tidyFailed')),
          ),
    }
    const actionOf = (id: ActionId): Action | undefined => extra.current.get(id) ?? actions[id]
    const isEnabled = (id: ActionId): boolean => {
      const action = actionOf(id)
      if (!action || (action.isEdit && workspace.editor.store.getState().isLocked)) return false
      return action.isEnabled?.(context) ?? true
    }
    function perform(id: ActionId): boolean {
      if (!isEnabled(id)) return false
      actionOf(id)?.perform(context)
      return true
    }
    return {
      context,
      isEnabled,
      keysOf: (id) => printKeys(useKeys.getState()[id][0]),
      perform,
      register(more) {
        const added = Object.entries(more) as readonly (readonly [ActionId, Action])[]
        for (const [id, action] of added) extra.current.set(id, action)
        return () => {
          for (const [id, action] of added) if (extra.current.get(id) === action) extra.current.delete(id)
        }
      },
    }
  }, [workspace, flow, store, canvas, autosave, t])

  useEffect(() => {
    const onPointer = (event: PointerEvent): void => {
      const isOverCanvas = event.target instanceof Node && canvas.current?.contains(event.target)
      pointer.current = isOverCanvas ? { x: event.clientX, y: event.clientY } : undefined
    }
    const onKey = (event: KeyboardEvent): void => {
      const pressed = printPressed(event)
      // The canvas takes Space for panning when it is held; a tap is still ours.
      if ((event.defaultPrevented && pressed !== 'space') || composes(event)) return
      const isBare = !pressed.startsWith('mod+')
      // Under an open dialog nothing fires but the key that opened it; while typing only what no text field knows does.
      // What is typed while the palette's script is on its way is meant for it, not for the canvas.
      if (isUnderDialog() || workspace.ui.getState().dialog === 'palette') {
        const closing = isBare && isTyping(event.target) ? undefined : toggleOf(workspace.ui.getState(), pressed)
        // Nobody wants the page as a file who saves what is written in a dialog.
        if (closing || useKeys.getState().save.includes(pressed)) event.preventDefault()
        if (closing && !event.repeat) workspace.ui.setState(closing)
        return
      }
      if (isTyping(event.target) && (isBare || TEXT_KEYS.has(pressed))) return
      if (COPY_KEYS.has(pressed) && String(getSelection() ?? '') !== '') return
      const isOnButton =
        event.target instanceof HTMLElement && event.target.closest('button, a, [role="button"], summary')
      if (isOnButton && (pressed === 'space' || pressed === 'enter')) return
      const keys = useKeys.getState()
      const id = actionIds.find((one) => keys[one].includes(pressed))
      if (pressed === 'mod+v') {
        // The clipboard's own events carry the data without asking for leave.
        if (id === 'paste') return
        event.preventDefault()
      }
      // Held down, Space moves the view; only a tap is the key of an action.
      if (id && pressed === 'space') {
        if (!event.repeat) tapped = id
        event.preventDefault()
        return
      }
      // Where the action makes no sense, the browser's own would: a bookmark, the page before, an undo somewhere else.
      if (id && (value.perform(id) || /^(mod|alt)\+/.test(pressed))) event.preventDefault()
    }
    let tapped: ActionId | undefined
    const onTapEnd = (event: KeyboardEvent): void => {
      if (event.key === ' ' && tapped) value.perform(tapped)
      tapped = undefined
    }
    const noTap = (): void => {
      tapped = undefined
    }
    const onPaste = (event: ClipboardEvent): void => {
      if (isTyping(event.target) || isUnderDialog() || workspace.editor.store.getState().isLocked) return
      const { view } = value.context
      const place = { screen: view.screenPointer(), flow: view.pointer() }
      if (takeText(value.context, event.clipboardData?.getData('text/plain') ?? '', place)) event.preventDefault()
    }
    addEventListener('pointermove', onPointer)
    addEventListener('keydown', onKey)
    addEventListener('keyup', onTapEnd)
    addEventListener('pointerdown', noTap, true)
    addEventListener('paste', onPaste)
    return () => {
      removeEventListener('pointermove', onPointer)
      removeEventListener('keydown', onKey)
      removeEventListener('keyup', onTapEnd)
      removeEventListener('pointerdown', noTap, true)
      removeEventListener('paste', onPaste)
    }
  }, [value, canvas, workspace])

  return <ActionsContext value={value}>{children}</ActionsContext>
}

const TOGGLED = ['palette', 'shortcuts', 'export', 'share', 'api', 'outline'] as const satisfies readonly ActionId[]

/** What closes the dialog that is open, if this key is the one that opened it. */
function toggleOf({ dialog, nodePanel, shownOutput }: WorkspaceUi, pressed: string): Partial<WorkspaceUi> | undefined {
  const keys = useKeys.getState()
  if (shownOutput && keys['inspect-output'].includes(pressed)) return { shownOutput: undefined }
  const opened = TOGGLED.find((id) => id === (dialog === 'embed' ? 'api' : dialog))
  if (opened && keys[opened].includes(pressed)) return { dialog: undefined }
  const isControls = dialog === undefined && nodePanel?.panel === 'controls'
  return isControls && keys.controls.includes(pressed) ? { nodePanel: undefined } : undefined
}

const isUnderDialog = (): boolean =>
  document.querySelector('[role="dialog"][data-state="open"], [role="menu"]') !== null

/** Keys that are about a text that is selected anywhere on the page. */
const COPY_KEYS = new Set(['mod+c', 'mod+x', 'mod+a'])
/** Keys a text field knows itself. */
const TEXT_KEYS = new Set(['mod+c', 'mod+x', 'mod+v', 'mod+a', 'mod+z', 'mod+y', 'mod+shift+z', 'mod+enter'])
