import { isObject } from '@runnel/protocol/json'

/** A node as a picture needs it. */
export interface MiniNode {
  readonly id: string
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
  readonly isNote: boolean
}

export interface MiniFlow {
  readonly nodes: readonly MiniNode[]
  readonly edges: readonly { readonly id: string; readonly from: MiniNode; readonly to: MiniNode }[]
  /** Around all nodes: x, y, width, height. */
  readonly viewBox: readonly [number, number, number, number]
}

const NODE = { width: 320, height: 240 }
const MARGIN = 60

const numberIn = (value: unknown, fallback: number): number =>
  typeof value === 'number' && Number.isFinite(value) ? value : fallback

function toNode(value: unknown): MiniNode[] {
  if (!isObject(value) || typeof value.id !== 'string' || typeof value.parentId === 'string') return []
  const position = isObject(value.position) ? value.position : {}
  const measured = isObject(value.measured) ? value.measured : value
  return [
    {
      id: value.id,
      x: numberIn(position.x, 0),
      y: numberIn(position.y, 0),
      width: numberIn(measured.width, NODE.width),
      height: numberIn(measured.height, NODE.height),
      isNote: value.type === 'noteNode',
    },
  ]
}

/** The boxes and lines of a saved graph; undefined when it has no node. */
export function miniFlowOf(data: unknown): MiniFlow | undefined {
  if (!isObject(data) || !Array.isArray(data.nodes)) return undefined
  const nodes = data.nodes.flatMap(toNode)
  if (nodes.length === 0) return undefined
  const byId = new Map(nodes.map((node) => [node.id, node]))
  const edges = (Array.isArray(data.edges) ? data.edges : []).flatMap((edge: unknown) => {
    if (!isObject(edge) || typeof edge.source !== 'string' || typeof edge.target !== 'string') return []
    const [from, to] = [byId.get(edge.source), byId.get(edge.target)]
    return from && to ? [{ id: `${edge.source} ${edge.target}`, from, to }] : []
  })
  // Two edges between the same nodes are one line.
  const lines = [...new Map(edges.map((edge) => [edge.id, edge])).values()]
  const left = Math.min(...nodes.map(({ x }) => x)) - MARGIN
  const top = Math.min(...nodes.map(({ y }) => y)) - MARGIN
  const right = Math.max(...nodes.map(({ x, width }) => x + width)) + MARGIN
  const bottom = Math.max(...nodes.map(({ y, height }) => y + height)) + MARGIN
  return { nodes, edges: lines, viewBox: [left, top, right - left, bottom - top] }
}
