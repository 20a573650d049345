import { type EdgeLabel, Graph, type GraphLabel, layout, type NodeLabel } from '@dagrejs/dagre'
import type { Point } from '../model/flow-document.ts'

export interface LayerBox {
  readonly id: string
  readonly width: number
  readonly height: number
}

export interface LayerEdge {
  readonly source: string
  readonly target: string
  /** How far down a node its dot is: 0 at the top, 1 at the bottom. */
  readonly sourcePort: number
  readonly targetPort: number
}

type Layers = Graph<GraphLabel, NodeLabel, EdgeLabel>
type Ports = ReadonlyMap<string, LayerEdge>

const SWEEPS = 8

/** Places of the upper left corners in layers from left to right; what is connected further up stands further up. */
export function inLayers(boxes: readonly LayerBox[], edges: readonly LayerEdge[]): ReadonlyMap<string, Point> {
  const graph: Layers = new Graph({ multigraph: true })
  graph.setGraph({ rankdir: 'LR', nodesep: 48, ranksep: 96 })
  graph.setDefaultEdgeLabel(() => ({}))
  for (const { id, width, height } of boxes) graph.setNode(id, { width, height })
  const ports = new Map<string, LayerEdge>()
  for (const [index, edge] of edges.entries()) {
    const name = String(index)
    ports.set(name, edge)
    graph.setEdge(edge.source, edge.target, {}, name)
  }
  layout(graph, {
    customOrder(layers, order) {
      order(layers)
      orderByPorts(layers, ports)
    },
  })
  return new Map(
    boxes.map(({ id, width, height }) => {
      const { x = 0, y = 0 } = graph.node(id)
      return [id, { x: x - width / 2, y: y - height / 2 }]
    }),
  )
}

/** An edge between neighbouring layers: which nodes, and where at them. */
interface Link {
  readonly from: string
  readonly to: string
  readonly out: number
  readonly in: number
}

/** Sorts each layer by where its edges come from and lead to, dots counted; keeps the order with the fewest crossings. */
function orderByPorts(graph: Layers, ports: Ports): void {
  const before = layersOf(graph)
  const links = linksOf(graph, ports)
  let best = before
  let fewest = crossingsOf(before, links)
  let layers = before
  for (let sweep = 0; sweep < SWEEPS && fewest > 0; sweep++) {
    layers = swept(layers, links, sweep % 2 === 0)
    const crossings = crossingsOf(layers, links)
    if (crossings >= fewest) continue
    fewest = crossings
    best = layers
  }
  for (const layer of best) {
    for (const [order, id] of layer.entries()) graph.node(id).order = order
  }
}

function layersOf(graph: Layers): readonly (readonly string[])[] {
  const layers: string[][] = []
  for (const id of graph.nodes()) {
    const { rank } = graph.node(id)
    if (rank === undefined) continue
    layers[rank] ??= []
    layers[rank].push(id)
  }
  const orderOf = (id: string): number => graph.node(id).order ?? 0
  return layers.filter((layer) => layer !== undefined).map((layer) => layer.sort((a, b) => orderOf(a) - orderOf(b)))
}

function linksOf(graph: Layers, ports: Ports): readonly Link[] {
  return graph.edges().map(({ v, w, name }) => {
    const edge = ports.get(name ?? '')
    // Long edges go through places of their own, which have no dots.
    return {
      from: v,
      to: w,
      out: edge?.source === v ? edge.sourcePort : 0.5,
      in: edge?.target === w ? edge.targetPort : 0.5,
    }
  })
}

const placesOf = (layers: readonly (readonly string[])[]): ReadonlyMap<string, number> =>
  new Map(layers.flatMap((layer) => layer.map((id, place) => [id, place] as const)))

function swept(
  layers: readonly (readonly string[])[],
  links: readonly Link[],
  isDown: boolean,
): readonly (readonly string[])[] {
  const near = Map.groupBy(links, ({ from, to }) => (isDown ? to : from))
  const places = new Map(placesOf(layers))
  const next = [...layers]
  const ranks = isDown ? layers.keys() : [...layers.keys()].reverse()
  for (const rank of ranks) {
    const middle = (id: string): number => {
      const own = near.get(id) ?? []
      if (own.length === 0) return places.get(id) ?? 0
      const sum = own.reduce(
        (total, link) =>
          total + (isDown ? (places.get(link.from) ?? 0) + link.out : (places.get(link.to) ?? 0) + link.in),
        0,
      )
      return sum / own.length
    }
    const sorted = (layers[rank] ?? [])
      .map((id) => ({ id, at: middle(id) }))
      .sort((a, b) => a.at - b.at)
      .map(({ id }) => id)
    next[rank] = sorted
    for (const [place, id] of sorted.entries()) places.set(id, place)
  }
  return next
}

/** How often edges cross between neighbouring layers. */
function crossingsOf(layers: readonly (readonly string[])[], links: readonly Link[]): number {
  const places = placesOf(layers)
  const layerOf = new Map(layers.flatMap((layer, rank) => layer.map((id) => [id, rank] as const)))
  let crossings = 0
  for (const between of Map.groupBy(links, ({ from }) => layerOf.get(from)).values()) {
    const ends = between
      .map(({ from, to, out, in: into }) => [(places.get(from) ?? 0) + out, (places.get(to) ?? 0) + into] as const)
      .sort(([a], [b]) => a - b)
    for (const [index, [start, end]] of ends.entries()) {
      for (const [otherStart, otherEnd] of ends.slice(index + 1)) {
        if (otherStart > start && otherEnd < end) crossings++
      }
    }
  }
  return crossings
}
