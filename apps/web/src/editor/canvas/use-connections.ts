import type { Edge, FinalConnectionState, IsValidConnection, OnConnect, OnConnectStartParams } from '@xyflow/react'
import { useReactFlow, useStoreApi } from '@xyflow/react'
import { useEffect, useMemo, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { componentText } from '../../i18n/component-text.ts'
import { notify } from '../../ui/notifications.tsx'
import { useActions } from '../actions/use-actions.tsx'
import { connect } from '../commands/connect.ts'
import { reconnect } from '../commands/reconnect.ts'
import { remove } from '../commands/remove.ts'
import { useWorkspace } from '../editor-context.tsx'
import { type Connection, type HandleOf, refusalOf, replacedBy } from '../model/compatibility.ts'
import { type FlowDocument, type FlowEdge, nodeOf } from '../model/flow-document.ts'
import { canvasHandles, type HandleId } from '../model/handles.ts'
import type { CanvasEdge } from './canvas-nodes.ts'
import { conversionFor, convertOnTheWay } from './convert-on-the-way.ts'

/** Everything about drawing, refusing and moving edges. */
export function useConnections() {
  const { t } = useTranslation('editor')
  const workspace = useWorkspace()
  const { context } = useActions()
  const flow = useReactFlow()
  const library = useStoreApi()
  const { editor, ui, catalogue } = workspace
  const reconnecting = useRef<{ readonly id: string; isDone: boolean } | undefined>(undefined)

  // Whoever gives up looking for partners gives up the edge that was begun by a click.
  useEffect(
    () =>
      ui.subscribe(({ handleFilter }, before) => {
        if (handleFilter || !before.handleFilter) return
        library.setState({ connectionClickStartHandle: null })
        ui.setState({ connecting: undefined, movedEdge: undefined })
      }),
    [ui, library],
  )
  // The library knows no way to give up an edge that is dragged: it is let go of, and what comes of that is ignored.
  const isGivenUp = useRef(false)
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.key !== 'Escape' || !library.getState().connection.inProgress) return
      event.preventDefault()
      event.stopPropagation()
      isGivenUp.current = true
      document.dispatchEvent(new MouseEvent('mouseup', { clientX: -1, clientY: -1 }))
      isGivenUp.current = false
    }
    addEventListener('keydown', onKeyDown, { capture: true })
    return () => removeEventListener('keydown', onKeyDown, { capture: true })
  }, [library])
  return useMemo(() => {
    const onConnectStart = (_: unknown, { nodeId, handleId }: OnConnectStartParams): void => {
      if (nodeId && handleId) ui.setState({ connecting: { nodeId, handle: handleId as HandleId } })
    }
    const endConnecting = (): void => ui.setState({ connecting: undefined })
    const onConnect: OnConnect = (connection) => {
      if (isGivenUp.current) return
      const { movedEdge } = ui.getState()
      if (movedEdge !== undefined) {
        editor.apply(reconnect, { edgeId: movedEdge, connection })
        ui.setState({ handleFilter: undefined })
        return
      }
      const replaced = replacedBy(editor.getDocument(), connection)
      editor.apply(connect, connection)
      ui.setState({ handleFilter: undefined })
      if (replaced) tellReplaced(replaced)
    }
    /** A field of one edge has taken another: the user may want the former back. */
    const tellReplaced = (edge: FlowEdge): void => {
      const { source, target } = canvasHandles(edge)
      const former = {
        source: edge.source,
        sourceHandle: source ?? null,
        target: edge.target,
        targetHandle: target ?? null,
      }
      const name = componentText(nodeOf(editor.getDocument(), edge.source)?.data.node.display_name ?? edge.source)
      notify('notice', t('edge.replaced', { name }), {
        action: { label: t('edge.takeBack'), perform: () => void editor.apply(connect, former) },
      })
    }
    /** An edge that is moved is not in its own way. */
    const documentNow = (): FlowDocument => {
      const document = editor.getDocument()
      const moved = reconnecting.current?.id ?? ui.getState().movedEdge
      return moved === undefined ? document : { ...document, edges: document.edges.filter(({ id }) => id !== moved) }
    }
    const isValidConnection: IsValidConnection<CanvasEdge> = (edge) =>
      refusalOf(documentNow(), handlesOf(edge)) === undefined

    /** Says why an edge was not drawn, and offers the component that would make it fit. */
    const refuse = (connection: Connection): void => {
      const refusal = refusalOf(editor.getDocument(), connection)
      if (!refusal || refusal === 'noHandle') return
      const conversion = refusal === 'types' ? conversionFor(workspace, catalogue, connection) : undefined
      notify(
        'error',
        t(`refusals.${refusal}`),
        conversion && {
          action: {
            label: t('refusals.convert', { name: componentText(conversion.entry.component.display_name) }),
            perform: () => convertOnTheWay(workspace, connection, conversion),
          },
        },
      )
    }

    /** Of two handles that were to be joined and do not fit, says why. @returns whether there were two */
    const refuseEnds = (from: HandleOf, to: HandleOf | undefined): boolean => {
      if (!to) return false
      const [source, target] = from.handle.startsWith('out:') ? [from, to] : [to, from]
      if (from.nodeId === to.nodeId && from.handle === to.handle) return true
      refuse({
        source: source.nodeId,
        sourceHandle: source.handle,
        target: target.nodeId,
        targetHandle: target.handle,
      })
      return true
    }
    /** Asks what is to stand where an edge was let go of. */
    const askForEnd = (event: MouseEvent | TouchEvent, from: HandleOf, replaces?: string): void => {
      if (!(event.target instanceof Element) || !event.target.classList.contains('react-flow__pane')) return
      const point = 'clientX' in event ? event : event.changedTouches[0]
      if (!point) return
      const screen = { x: point.clientX, y: point.clientY }
      ui.setState({
        quickAdd: {
          screen,
          flow: flow.screenToFlowPosition(screen),
          from,
          ...(replaces !== undefined && { replaces }),
        },
      })
    }
    const onConnectEnd = (event: MouseEvent | TouchEvent, state: FinalConnectionState): void => {
      endConnecting()
      if (isGivenUp.current || reconnecting.current || state.isValid || !state.fromHandle) return
      const from: HandleOf = { nodeId: state.fromHandle.nodeId, handle: state.fromHandle.id as HandleId }
      const { toHandle } = state
      const to = toHandle ? { nodeId: toHandle.nodeId, handle: toHandle.id as HandleId } : undefined
      if (!refuseEnds(from, to)) askForEnd(event, from)
    }

    return {
      onConnect,
      onConnectStart,
      onConnectEnd,
      isValidConnection,
      onClickConnectStart(event: unknown, params: OnConnectStartParams) {
        onConnectStart(event, params)
        const { nodeId, handleId } = params
        if (nodeId && handleId) ui.setState({ handleFilter: { nodeId, handle: handleId as HandleId } })
      },
      onClickConnectEnd(event: MouseEvent | TouchEvent, state: FinalConnectionState) {
        const { connecting } = ui.getState()
        endConnecting()
        if (connecting && !state.isValid) refuseEnds(connecting, handleAt(event.target))
      },
      onReconnectStart(_: unknown, edge: Edge) {
        reconnecting.current = { id: edge.id, isDone: false }
      },
      onReconnect(edge: CanvasEdge, connection: Connection) {
        if (isGivenUp.current) return
        if (reconnecting.current) reconnecting.current.isDone = true
        editor.apply(reconnect, { edgeId: edge.id, connection })
      },
      onReconnectEnd(event: MouseEvent | TouchEvent, edge: Edge, _: unknown, state: FinalConnectionState) {
        const wasDropped = reconnecting.current?.isDone === false && !state.toHandle && !isGivenUp.current
        reconnecting.current = undefined
        endConnecting()
        if (wasDropped && event.altKey && state.fromHandle) {
          askForEnd(event, { nodeId: state.fromHandle.nodeId, handle: state.fromHandle.id as HandleId }, edge.id)
          return
        }
        // Dropped on the empty canvas, as in Langflow: the edge goes.
        if (wasDropped) {
          editor.apply(remove, { nodes: new Set<string>(), edges: new Set([edge.id]) })
          context.say('notice', 'edge.removed')
        }
      },
    }
  }, [workspace, editor, ui, catalogue, flow, t, context])
}

/** The handle that was clicked: of a click, the library does not tell which. */
function handleAt(target: EventTarget | null): HandleOf | undefined {
  const { nodeid, handleid } = (target instanceof Element && target.closest<HTMLElement>('.flow-handle')?.dataset) || {}
  // The library writes the id it was given.
  return nodeid !== undefined && handleid !== undefined ? { nodeId: nodeid, handle: handleid as HandleId } : undefined
}

function handlesOf(edge: CanvasEdge | Partial<Connection>): Connection {
  const { source = '', target = '', sourceHandle, targetHandle } = edge
  return { source, target, sourceHandle: sourceHandle ?? null, targetHandle: targetHandle ?? null }
}
