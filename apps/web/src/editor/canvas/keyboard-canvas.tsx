import { type KeyboardEvent, type ReactNode, type RefObject, Suspense, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { componentText } from '../../i18n/component-text.ts'
import { lateModule } from '../../ui/late-module.ts'
import { useActions } from '../actions/use-actions.tsx'
import { connect } from '../commands/connect.ts'
import { moveNodes } from '../commands/move-nodes.ts'
import { useWorkspace } from '../editor-context.tsx'
import { connectionsOf } from '../model/connections.ts'
import { type FlowDocument, type FlowNode, isNote, nodeOf, type Point } from '../model/flow-document.ts'
import { frameTitle, isFrame } from '../model/frames.ts'
import { type HandleId, outputHandleId } from '../model/handles.ts'
import { readingOrder } from '../model/topology.ts'
import { placeOf, spokenName } from '../node/use-spoken-name.ts'
import { idleNode } from '../run/node-run.ts'
import { announce } from './announcer.tsx'
import type { Choice } from './choice-list.tsx'
import { type EdgeEnd, endsOf, nearest, partnersOf, passedBy } from './neighbours.ts'

const list = lateModule(() => import('./choice-list.tsx'))
const ChoiceList = list.component(({ ChoiceList }) => ChoiceList)

const ARROWS: Readonly<Record<string, Point>> = {
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
}
/** What a list offers to somebody at the keyboard. */
interface Offered {
  readonly label: string
  readonly placeholder: string
  readonly choices: readonly Choice[]
  /** What has the focus again when nothing is chosen. */
  readonly from: HTMLElement | null
}

const HELP_ID = 'canvas-help'
const HELD: ReadonlySet<string> = new Set(['Shift', 'Control', 'Alt', 'Meta'])
const STEP = 8
const FAR = 64

export interface KeyboardCanvas {
  /** For the element that is the canvas: its one tab stop. */
  readonly props: {
    readonly ref: RefObject<HTMLDivElement | null>
    readonly tabIndex: number
    readonly 'aria-describedby': string
    readonly onKeyDown: (event: KeyboardEvent) => void
    readonly onPointerDownCapture: () => void
  }
  /** What has to be drawn beside it. */
  readonly parts: ReactNode
}

/**
 * Makes the canvas usable without a mouse: one tab stop; arrows and `[` `]` walk the nodes, Enter goes
 * into one, `m` moves it, `c` connects it, Alt with an arrow follows an edge. Enter on a handle offers its partners.
 */
export function useKeyboardCanvas(): KeyboardCanvas {
  const { t } = useTranslation('editor')
  const { t: tOfNode, i18n } = useTranslation('fields')
  const { editor, runner, ui } = useWorkspace()
  const { context } = useActions()
  const [offered, setOffered] = useState<Offered>()
  const moving = useRef<{ hasMoved: boolean } | undefined>(undefined)
  const host = useRef<HTMLDivElement>(null)
  /** Who points with a mouse moves with the arrows what is selected; who came by the keyboard walks with them. */
  const isPointing = useRef(false)

  const current = (): FlowNode | undefined => {
    const [id] = editor.store.getState().selection.nodes
    return id === undefined ? undefined : nodeOf(editor.getDocument(), id)
  }
  const stops = (document: FlowDocument): readonly string[] => {
    const isPassed = passedBy(document, editor.store.getState().selection.nodes)
    return readingOrder(document).filter((id) => !isPassed(id))
  }
  const go = (id: string | undefined): void => {
    if (id === undefined) return
    isPointing.current = false
    editor.select({ nodes: new Set([id]), edges: new Set() })
    context.view.fit([id])
    const document = editor.getDocument()
    const node = nodeOf(document, id)
    if (!node) return
    const fields = new Set(connectionsOf(document.edges).fields.get(id)?.split('\n'))
    const run = runner.store.getState().nodes.get(id) ?? idleNode
    const name = spokenName(tOfNode, i18n.language, node, {
      name: nameOf(node),
      run,
      place: placeOf(document, id),
      isConnected: (field) => fields.has(field),
    })
    announce(name)
  }
  /** Whether the flow can be changed; says so when it cannot. */
  const isUnlocked = (): boolean => {
    const { isLocked } = editor.store.getState()
    if (isLocked) announce(t('announce.locked'))
    return !isLocked
  }
  const walk = (by: number): boolean => {
    const document = editor.getDocument()
    const order = stops(document)
    const at = order.indexOf(current()?.id ?? '')
    const next = at < 0 ? (by > 0 ? 0 : order.length - 1) : at + by
    if (next < 0 || next >= order.length) return false
    go(order[next])
    return true
  }
  /** From where it is taken to where it is dropped is one step, as a drag is. */
  const move = (node: FlowNode, direction: Point, by: number): void => {
    if (!moving.current) return
    const position = { x: node.position.x + direction.x * by, y: node.position.y + direction.y * by }
    const positions = new Map([[node.id, position]])
    if (editor.apply(moveNodes, { positions }, { continues: moving.current.hasMoved })) moving.current.hasMoved = true
  }
  const letGo = (isPutBack: boolean): void => {
    if (isPutBack && moving.current?.hasMoved) editor.undo()
    moving.current = undefined
    announce(t(isPutBack ? 'announce.putBack' : 'announce.dropped'))
  }

  /** Moves all that is selected; a burst of keys is one step. */
  const nudge = ({ x, y }: Point, by: number): void => {
    const { nodes } = editor.store.getState().selection
    const moved = editor.getDocument().nodes.filter(({ id }) => nodes.has(id))
    const positions = new Map(
      moved.map(({ id, position }) => [id, { x: position.x + x * by, y: position.y + y * by }] as const),
    )
    editor.apply(moveNodes, { positions }, { mergeKey: `nudge ${[...nodes].join()}` })
  }

  /** @returns whether the key meant something here */
  const onKey = (event: KeyboardEvent): boolean => {
    const node = current()
    const direction = ARROWS[event.key]
    // Pressed on the way to a far step.
    if (HELD.has(event.key)) return false
    if (moving.current && node) {
      if (direction) move(node, direction, event.shiftKey ? FAR : STEP)
      else letGo(event.key === 'Escape')
      return true
    }
    if (event.altKey && node && (event.key === 'ArrowRight' || event.key === 'ArrowLeft')) {
      const isOut = event.key === 'ArrowRight'
      const ends = endsOf(editor.getDocument(), node.id, isOut)
      if (ends.length > 1)
        setOffered({
          label: t('connect.follow'),
          placeholder: t('connect.follow'),
          choices: ends.map(followed),
          from: host.current,
        })
      else go(ends[0]?.nodeId)
      return true
    }
    if (event.ctrlKey || event.metaKey || event.altKey) return false
    if (direction && isPointing.current && node) {
      nudge(direction, event.shiftKey ? FAR : STEP)
      return true
    }
    if (direction) {
      go(nearest(editor.getDocument(), node, direction))
      return true
    }
    switch (event.key) {
      case ']':
        walk(1)
        return true
      case '[':
        walk(-1)
        return true
      case 'Tab':
        // After a click on the empty canvas there is no node to walk on from.
        if (isPointing.current && !node && !event.shiftKey && !editor.store.getState().isLocked) {
          context.perform('quick-add')
          return true
        }
        // What is within the nodes is gone into with Enter: the canvas is one stop.
        return walk(event.shiftKey ? -1 : 1) || (!event.shiftKey && focus(stopBehind(host.current)))
      case 'Home':
      case 'End': {
        const document = editor.getDocument()
        const order = stops(document)
        go(event.key === 'Home' ? order[0] : order.at(-1))
        return true
      }
      case 'Enter':
        if (node) enter(host.current, node.id)
        return true
      case 'm':
        if (node && isUnlocked()) {
          moving.current = { hasMoved: false }
          announce(t('announce.moving', { name: nameOf(node) }))
        }
        return true
      case 'c':
        // With a mouse it is the key of comments, as in the table of keys.
        if (isPointing.current || (node && isNote(node))) return false
        if (node && isUnlocked()) offerPartners(node)
        return true
      default:
        return false
    }
  }
  const followed = ({ nodeId, label }: EdgeEnd): Choice => ({ label, choose: () => go(nodeId) })
  function offerPartners(node: FlowNode, handle?: HandleId): void {
    const document = editor.getDocument()
    const output = node.data.node.outputs?.find(({ hidden }) => !hidden)
    const begun = handle ?? (output && outputHandleId(output.name))
    const partners = partnersOf(document, node, handle).map(
      ({ connection, label }): Choice => ({
        label,
        choose() {
          editor.apply(connect, connection)
          host.current?.focus()
        },
      }),
    )
    const add: Choice = {
      label: t('connect.add'),
      isAlways: true,
      choose() {
        const from = begun && { nodeId: node.id, handle: begun }
        const flow = beside(node, begun?.startsWith('out:') === false)
        ui.setState({ quickAdd: { screen: context.view.screenPointer(), flow, from } })
      },
    }
    const label = t('connect.label')
    const from = handle === undefined ? host.current : activeElement()
    setOffered({ label, placeholder: t('connect.placeholder'), choices: [...partners, add], from })
  }
  /** A handle that has the focus offers what it can be connected to. @returns whether the key meant that */
  const onHandle = ({ key, target }: KeyboardEvent): boolean => {
    if (!['Enter', ' ', 'c'].includes(key)) return false
    const dot = target instanceof HTMLElement && target.matches('.flow-handle') ? target : undefined
    const { nodeid, handleid } = dot?.dataset ?? {}
    const node = nodeid === undefined ? undefined : nodeOf(editor.getDocument(), nodeid)
    if (!node || handleid === undefined) return false
    if (!isUnlocked()) return true
    // The library writes the id it was given.
    offerPartners(node, handleid as HandleId)
    return true
  }
  /**
   * Escape in a field comes back to the canvas, where its node stays selected: it is what the next key is about. On a
   * handle it is also for the connection that was begun there.
   */
  const onEscape = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || event.defaultPrevented || event.target === host.current) return
    if (!(event.target instanceof Element && event.target.closest('.react-flow__node'))) return
    if (!event.target.matches('.flow-handle')) event.preventDefault()
    host.current?.focus()
  }
  // Back from behind leads to the canvas as a whole, not into the last of what its nodes hold.
  useEffect(() => {
    const comeBack = (event: globalThis.KeyboardEvent): void => {
      if (event.key === 'Tab' && !host.current?.contains(document.activeElement)) isPointing.current = false
      if (event.key !== 'Tab' || !event.shiftKey || event.defaultPrevented) return
      if (document.activeElement !== stopBehind(host.current)) return
      event.preventDefault()
      host.current?.focus()
    }
    document.addEventListener('keydown', comeBack)
    return () => document.removeEventListener('keydown', comeBack)
  }, [])
  const close = (): void => {
    setOffered(undefined)
    offered?.from?.focus()
  }

  return {
    props: {
      ref: host,
      tabIndex: 0,
      'aria-describedby': HELP_ID,
      onPointerDownCapture() {
        isPointing.current = true
        moving.current = undefined
      },
      onKeyDown(event) {
        // Whoever moves by keys may connect with the next one.
        void list.load()
        onEscape(event)
        if (event.nativeEvent.isComposing || !(event.target === host.current ? onKey(event) : onHandle(event))) return
        event.preventDefault()
        event.stopPropagation()
      },
    },
    parts: (
      <>
        <p id={HELP_ID} className="sr-only">
          {t('canvas.help')}
        </p>
        <Suspense fallback={null}>{offered ? <ChoiceList {...offered} onClose={close} /> : null}</Suspense>
      </>
    ),
  }
}

const nameOf = (node: FlowNode): string =>
  isFrame(node) ? frameTitle(node) : componentText(node.data.node.display_name)

/** Room for a node beside the one it is connected to. */
const BESIDE = 420
const beside = ({ position: { x, y } }: FlowNode, isBefore: boolean): Point => ({
  x: isBefore ? x - BESIDE : x + BESIDE,
  y,
})

const activeElement = (): HTMLElement | null =>
  document.activeElement instanceof HTMLElement ? document.activeElement : null

const STOPS = 'a[href], button, input, select, textarea, [tabindex="0"]'

/** @returns whether there is something to focus */
function focus(element: HTMLElement | undefined): boolean {
  element?.focus()
  return element !== undefined
}

/** The first stop of Tab behind an element and all that is in it. */
const stopBehind = (host: HTMLElement | null): HTMLElement | undefined =>
  [...document.querySelectorAll<HTMLElement>(STOPS)].find(
    (element) =>
      host &&
      !host.contains(element) &&
      host.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING &&
      element.tabIndex === 0 &&
      !element.matches(':disabled') &&
      element.checkVisibility({ visibilityProperty: true }),
  )

/** Into the first thing of a node that takes the keyboard. */
function enter(host: HTMLElement | null, id: string): void {
  const node = host?.querySelector(`.react-flow__node[data-id="${CSS.escape(id)}"]`)
  node?.querySelector<HTMLElement>('input, textarea, [role="combobox"], [role="switch"], button')?.focus()
}
