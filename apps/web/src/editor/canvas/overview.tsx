import { useStoreApi } from '@xyflow/react'
import { type ReactNode, useEffect, useRef } from 'react'
import { useTheme } from '../../app/theme.ts'
import { componentText } from '../../i18n/component-text.ts'
import { useWorkspace } from '../editor-context.tsx'
import { type FlowNode, isNote } from '../model/flow-document.ts'
import { FRAME_HEAD, frameTitle, isFrame, type ShownFlow } from '../model/frames.ts'
import type { RunState } from '../run/flow-runner.ts'
import { categoryColor } from './category-color.ts'
import { detailAt } from './detail.ts'
import { type NodeSizes, overlaps, type Rect, rectOf } from './node-sizes.ts'
import { type Colors, drawInside, drawName } from './overview-drawing.ts'

interface OverviewProps {
  readonly document: ShownFlow
  readonly sizes: NodeSizes
  /** The nodes that are elements of the page. */
  readonly drawn: ReadonlySet<string>
}

/** Below this zoom a name could not be read. */
const NAMES_ZOOM = 0.12

/** What of a large flow is no element of the page, drawn: all edges that lack an end, and from afar the nodes too. */
export function Overview({ document, sizes, drawn }: OverviewProps): ReactNode {
  const store = useStoreApi()
  const { runner, catalogue } = useWorkspace()
  const theme = useTheme(({ shown }) => shown)
  const surface = useRef<HTMLCanvasElement>(null)

  // biome-ignore lint/correctness/useExhaustiveDependencies: another theme has other colours
  useEffect(() => {
    const element = surface.current
    const context = element?.getContext('2d')
    if (!element || !context) return
    const style = getComputedStyle(element)
    const color = (name: string): string => style.getPropertyValue(name).trim()
    const colors: Colors = {
      surface: color('--surface'),
      muted: color('--surface-muted'),
      border: color('--border'),
      strong: color('--border-strong'),
      text: color('--text'),
      faint: color('--text-faint'),
      note: color('--warning-soft'),
      failed: color('--danger'),
      done: color('--success'),
      running: color('--info'),
    }
    const rest = restOf(document, drawn)
    const cardOf = ({ data }: FlowNode): string => {
      const category = catalogue.find(data.type)?.category
      return `color-mix(in srgb, ${category === undefined ? colors.strong : categoryColor(category)} 30%, ${colors.surface})`
    }
    let frame = 0
    let isEmpty = false
    const draw = (): void => {
      frame = 0
      const { width, height, transform } = store.getState()
      const density = devicePixelRatio
      if (element.width !== width * density || element.height !== height * density) {
        element.width = width * density
        element.height = height * density
      }
      const [x, y, zoom] = transform
      const view = { x: -x / zoom, y: -y / zoom, width: width / zoom, height: height / zoom }
      const scene = { context, sizes, view, colors, cardOf, zoom }
      const seen = seenOf(rest, scene)
      // Clearing it would cost as much as drawing it.
      if (isEmpty && isNothing(seen)) return
      isEmpty = isNothing(seen)
      element.style.visibility = isEmpty ? 'hidden' : ''
      context.setTransform(1, 0, 0, 1, 0, 0)
      context.clearRect(0, 0, element.width, element.height)
      context.setTransform(zoom * density, 0, 0, zoom * density, x * density, y * density)
      drawEdges(seen.edges, scene)
      drawNodes(seen.nodes, scene, runner.store.getState().nodes)
      element.dataset.overview = 'drawn'
    }
    const later = (): void => {
      frame ||= requestAnimationFrame(draw)
    }
    draw()
    const stopView = store.subscribe((state, before) => {
      if (state.transform !== before.transform || state.width !== before.width || state.height !== before.height)
        later()
    })
    const stopRun = runner.store.subscribe(later)
    const stopCatalogue = catalogue.store.subscribe(later)
    return () => {
      cancelAnimationFrame(frame)
      stopView()
      stopRun()
      stopCatalogue()
    }
  }, [document, sizes, drawn, store, runner, catalogue, theme])

  return (
    <div aria-hidden="true" className="pointer-events-none absolute inset-0 z-0">
      <canvas ref={surface} data-overview="" className="size-full" />
    </div>
  )
}

/** What of the flow is no element of the page. */
interface Rest {
  readonly nodes: readonly FlowNode[]
  /** The nodes at both ends. */
  readonly edges: readonly (readonly [source: FlowNode, target: FlowNode])[]
}

function restOf(document: ShownFlow, drawn: ReadonlySet<string>): Rest {
  const nodes = new Map(document.nodes.map((node) => [node.id, node]))
  return {
    nodes: document.nodes.filter(({ id }) => !drawn.has(id)),
    edges: document.edges.flatMap(({ source, target }) => {
      const [from, to] = [nodes.get(source), nodes.get(target)]
      return from && to && !(drawn.has(source) && drawn.has(target)) ? [[from, to] as const] : []
    }),
  }
}

interface Scene {
  readonly context: CanvasRenderingContext2D
  readonly sizes: NodeSizes
  /** In units of the flow. */
  readonly view: Rect
  readonly colors: Colors
  /** The ground of a node that is a card. */
  readonly cardOf: (node: FlowNode) => string
  readonly zoom: number
}

interface Seen {
  readonly nodes: readonly Placed[]
  readonly edges: readonly Ends[]
}
interface Placed {
  readonly node: FlowNode
  readonly rect: Rect
}
type Ends = readonly [x1: number, y1: number, x2: number, y2: number]

const isNothing = ({ nodes, edges }: Seen): boolean => nodes.length === 0 && edges.length === 0

function seenOf({ nodes, edges }: Rest, { sizes, view }: Scene): Seen {
  return {
    nodes: nodes.map((node) => ({ node, rect: rectOf(node, sizes) })).filter(({ rect }) => overlaps(rect, view)),
    edges: edges.map((ends) => endsOf(ends, sizes)).filter((ends) => overlaps(boxOf(ends), view)),
  }
}

function endsOf([source, target]: Rest['edges'][number], sizes: NodeSizes): Ends {
  const [start, end] = [rectOf(source, sizes), rectOf(target, sizes)]
  return [start.x + start.width, start.y + start.height - 20, end.x, end.y + end.height / 2]
}

const boxOf = ([x1, y1, x2, y2]: Ends): Rect => ({
  x: Math.min(x1, x2),
  y: Math.min(y1, y2),
  width: Math.abs(x2 - x1) + 1,
  height: Math.abs(y2 - y1) + 1,
})

function drawEdges(edges: Seen['edges'], { context, colors, zoom }: Scene): void {
  context.beginPath()
  for (const [x1, y1, x2, y2] of edges) {
    context.moveTo(x1, y1)
    // From afar nobody sees a bend.
    if (zoom < NAMES_ZOOM) context.lineTo(x2, y2)
    else {
      const bend = Math.max(40, Math.abs(x2 - x1) / 2)
      context.bezierCurveTo(x1 + bend, y1, x2 - bend, y2, x2, y2)
    }
  }
  context.strokeStyle = colors.strong
  context.lineWidth = Math.max(2, 1 / zoom)
  context.stroke()
}

/** In groups of one look, since each change of colour costs more than the node. */
function drawNodes(shown: Seen['nodes'], { context, colors, cardOf, zoom }: Scene, runs: RunState['nodes']): void {
  const detail = detailAt(zoom)
  const isClose = detail !== 'card'
  const groundOf = (node: FlowNode): string => (isNote(node) ? colors.note : isClose ? colors.surface : cardOf(node))
  context.lineWidth = isClose ? 1 : Math.max(2, 1 / zoom)
  const borderOf = (id: string): string => {
    const status = runs.get(id)?.status
    const other = isClose ? colors.border : colors.strong
    return status === 'failed' || status === 'done' || status === 'running' ? colors[status] : other
  }
  const looks = Map.groupBy(shown, ({ node }) => `${groundOf(node)} ${borderOf(node.id)}`)
  for (const [look, list] of looks) {
    const path = new Path2D()
    for (const { rect } of list) path.roundRect(rect.x, rect.y, rect.width, rect.height, isClose ? 12 : 0)
    const at = look.lastIndexOf(' ')
    context.fillStyle = look.slice(0, at)
    context.strokeStyle = look.slice(at + 1)
    context.fill(path)
    context.stroke(path)
  }
  if (zoom < NAMES_ZOOM) return
  context.textBaseline = 'middle'
  context.fillStyle = colors.text
  for (const { node, rect } of shown) {
    if (isFrame(node)) drawName(context, frameTitle(node), { ...rect, height: FRAME_HEAD.height }, zoom)
    else if (isNote(node)) continue
    else if (isClose) drawInside(context, node, rect, { colors, hasText: detail === 'full' })
    else drawName(context, componentText(node.data.node.display_name), rect, zoom)
  }
}
