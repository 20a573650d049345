import type { Catalogue, CatalogueEntry } from '../catalogue.ts'
import { addNode } from '../commands/add-node.ts'
import { connect } from '../commands/connect.ts'
import { newNode } from '../commands/new-node.ts'
import type { Workspace } from '../editor-context.tsx'
import type { Connection } from '../model/compatibility.ts'
import { nodeOf } from '../model/flow-document.ts'
import type { HandleId } from '../model/handles.ts'
import { partnerHandle } from '../sidebar/search-components.ts'

/** Components that only change the form of what goes through them, the plainest first. */
const CONVERTERS = ['ParserComponent', 'TypeConverterComponent', 'MessagetoData', 'DataToDataFrame', 'ParseData']

export interface Conversion {
  readonly entry: CatalogueEntry
  readonly into: HandleId
  readonly outOf: HandleId
}

/** A component that would fit between two handles which do not fit each other. */
export function conversionFor(
  workspace: Workspace,
  catalogue: Catalogue,
  connection: Connection,
): Conversion | undefined {
  const document = workspace.editor.getDocument()
  for (const type of CONVERTERS) {
    const entry = catalogue.find(type)
    if (!entry) continue
    const ends = [
      { nodeId: connection.source, handle: connection.sourceHandle as HandleId },
      { nodeId: connection.target, handle: connection.targetHandle as HandleId },
    ] as const
    const [into, outOf] = ends.map((end) => partnerHandle(document, end, entry.component, type))
    if (into && outOf) return { entry, into, outOf }
  }
  return undefined
}

/** Puts the converter between the two nodes and connects it on both sides, as one step. */
export function convertOnTheWay(
  { editor }: Workspace,
  connection: Connection,
  { entry, into, outOf }: Conversion,
): void {
  const document = editor.getDocument()
  const [from, to] = [nodeOf(document, connection.source), nodeOf(document, connection.target)]
  if (!from || !to) return
  const position = {
    x: Math.round((from.position.x + to.position.x) / 2),
    y: Math.round((from.position.y + to.position.y) / 2) + 40,
  }
  const node = newNode(entry.type, entry.component, position)
  editor.apply(addNode, { node })
  editor.apply(connect, { ...connection, target: node.id, targetHandle: into }, { continues: true })
  editor.apply(connect, { ...connection, source: node.id, sourceHandle: outOf }, { continues: true })
  editor.select({ nodes: new Set([node.id]), edges: new Set() })
}
