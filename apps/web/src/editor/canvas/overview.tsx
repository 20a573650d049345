import { useStoreApi } from '@xyflow/react'
import { type ReactNode, useEffect, useRef } from 'react'
import { useTheme } from '../../app/theme.ts'
import { componentText } from '../../i18n/component-text.ts'
import { useWorkspace } from '../editor-context.tsx'
import { type FlowDocument, isNote } from '../model/flow-document.ts'
import type { RunState } from '../run/flow-runner.ts'
import { type NodeSizes, overlaps, type Rect, rectOf } from './node-sizes.ts'

interface OverviewProps {
  readonly document: FlowDocument
  readonly sizes: NodeSizes
  /** The nodes that are elements of the page. */
  readonly drawn: ReadonlySet<string>
}

/** Below this zoom a name could not be read. */
const NAMES_ZOOM = 0.12

/** What of a large flow is no element of the page, drawn: all edges that lack an end, and from afar the nodes too. */
export function Overview({ document, sizes, drawn }: OverviewProps): ReactNode {
  const store = useStoreApi()
  const { runner } = useWorkspace()
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
      border: color('--border-strong'),
      text: color('--text'),
      note: color('--warning-soft'),
      edge: color('--border-strong'),
      failed: color('--danger'),
      done: color('--success'),
      running: color('--info'),
    }
    let frame = 0
    const draw = (): void => {
      frame = 0
      const { width, height, transform } = store.getState()
      const density = devicePixelRatio
      if (element.width !== width * density || element.height !== height * density) {
        element.width = width * density
        element.height = height * density
      }
      const [x, y, zoom] = transform
      context.setTransform(1, 0, 0, 1, 0, 0)
      context.clearRect(0, 0, element.width, element.height)
      context.setTransform(zoom * density, 0, 0, zoom * density, x * density, y * density)
      const view = { x: -x / zoom, y: -y / zoom, width: width / zoom, height: height / zoom }
      const scene = { context, document, sizes, drawn, view, colors, zoom }
      drawEdges(scene)
      drawNodes(scene, runner.store.getState().nodes)
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
    return () => {
      cancelAnimationFrame(frame)
      stopView()
      stopRun()
    }
  }, [document, sizes, drawn, store, runner, theme])

  return (
    <div aria-hidden="true" className="pointer-events-none absolute inset-0 z-0">
      <canvas ref={surface} data-overview="" className="size-full" />
    </div>
  )
}

type Colors = Readonly<Record<'surface' | 'border' | 'text' | 'note' | 'edge' | 'failed' | 'done' | 'running', string>>

interface Scene {
  readonly context: CanvasRenderingContext2D
  readonly document: FlowDocument
  readonly sizes: NodeSizes
  readonly drawn: ReadonlySet<string>
  /** In units of the flow. */
  readonly view: Rect
  readonly colors: Colors
  readonly zoom: number
}

function drawEdges({ context, document, sizes, drawn, view, colors, zoom }: Scene): void {
  const nodes = new Map(document.nodes.map((node) => [node.id, node]))
  context.beginPath()
  for (const { source, target } of document.edges) {
    if (drawn.has(source) && drawn.has(target)) continue
    const [from, to] = [nodes.get(source), nodes.get(target)]
    if (!from || !to) continue
    const [start, end] = [rectOf(from, sizes), rectOf(to, sizes)]
    const [x1, y1] = [start.x + start.width, start.y + start.height - 20]
    const [x2, y2] = [end.x, end.y + end.height / 2]
    const box = {
      x: Math.min(x1, x2),
      y: Math.min(y1, y2),
      width: Math.abs(x2 - x1) + 1,
      height: Math.abs(y2 - y1) + 1,
    }
    if (!overlaps(box, view)) continue
    context.moveTo(x1, y1)
    // From afar nobody sees a bend.
    if (zoom < NAMES_ZOOM) context.lineTo(x2, y2)
    else {
      const bend = Math.max(40, Math.abs(x2 - x1) / 2)
      context.bezierCurveTo(x1 + bend, y1, x2 - bend, y2, x2, y2)
    }
  }
  context.strokeStyle = colors.edge
  context.lineWidth = Math.max(2, 1 / zoom)
  context.stroke()
}

/** In groups of one look, since each change of colour costs more than the node. */
function drawNodes({ context, document, sizes, drawn, view, colors, zoom }: Scene, runs: RunState['nodes']): void {
  const shown = document.nodes
    .filter(({ id }) => !drawn.has(id))
    .map((node) => ({ node, rect: rectOf(node, sizes) }))
    .filter(({ rect }) => overlaps(rect, view))
  context.lineWidth = Math.max(2, 1 / zoom)
  const borderOf = (id: string): string => {
    const status = runs.get(id)?.status
    return status === 'failed' || status === 'done' || status === 'running' ? colors[status] : colors.border
  }
  const looks = Map.groupBy(shown, ({ node }) => `${isNote(node) ? colors.note : colors.surface} ${borderOf(node.id)}`)
  for (const [look, list] of looks) {
    const path = new Path2D()
    for (const { rect } of list) path.rect(rect.x, rect.y, rect.width, rect.height)
    const at = look.lastIndexOf(' ')
    context.fillStyle = look.slice(0, at)
    context.strokeStyle = look.slice(at + 1)
    context.fill(path)
    context.stroke(path)
  }
  if (zoom < NAMES_ZOOM) return
  const fontSize = Math.min(48, Math.max(16, 11 / zoom))
  context.font = `600 ${fontSize}px system-ui, sans-serif`
  context.textBaseline = 'middle'
  context.fillStyle = colors.text
  for (const { node, rect } of shown) {
    if (isNote(node)) continue
    const name = shortened(componentText(node.data.node.display_name), rect.width / (fontSize * 0.56))
    context.fillText(name, rect.x + 12, rect.y + rect.height / 2)
  }
}

const shortened = (text: string, room: number): string =>
  text.length <= room ? text : `${text.slice(0, Math.max(1, Math.floor(room) - 1))}…`
