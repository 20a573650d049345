import type { Client } from '@runnel/client'
import { readCatalogue } from '@runnel/protocol/server-info'

/** A node to be: its type, fields it has besides its own, values of fields, and what else of it is different. */
export interface NodeToBe {
  readonly type: string
  readonly fields?: Readonly<Record<string, Readonly<Record<string, unknown>>>>
  readonly set?: Readonly<Record<string, unknown>>
  readonly more?: Readonly<Record<string, unknown>>
}

/** The types an edge carries, and its ends; it goes back into a loop where `feedback` names the loop's output. */
export interface EdgeToBe {
  readonly from: readonly [type: string, output: string]
  readonly to: readonly [type: string, field: string]
  readonly types: readonly string[]
  readonly isFeedback?: boolean
}

interface Component {
  template: Record<string, Record<string, unknown>>
  [more: string]: unknown
}

/** The graph of a flow with one node of each type, side by side, called `TYPE-00000`. */
export async function flowData(client: Client, wanted: readonly NodeToBe[], edges: readonly EdgeToBe[] = []) {
  const listed = Object.values(await client.call(readCatalogue, {})).flatMap((one) => Object.entries(one))
  const nodes = wanted.map(({ type, fields = {}, set = {}, more = {} }, index) => {
    // The catalogue's entries are components.
    const component = structuredClone(listed.find(([name]) => name === type)?.[1]) as Component
    for (const [name, field] of Object.entries(fields)) component.template[name] = { name, ...field }
    for (const [field, value] of Object.entries(set)) {
      component.template[field] = { ...component.template[field], value, load_from_db: false }
    }
    const id = `${type}-00000`
    return {
      id,
      type: 'genericNode',
      position: { x: index * 400, y: 0 },
      data: { id, type, node: { ...component, ...more }, showNode: true },
    }
  })
  const drawn = edges.map(({ from: [source, output], to: [target, field], types, isFeedback }) => ({
    id: `${source}-${target}-${field}`,
    source: `${source}-00000`,
    target: `${target}-00000`,
    data: {
      sourceHandle: { dataType: source, id: `${source}-00000`, name: output, output_types: types },
      targetHandle: isFeedback
        ? { dataType: target, id: `${target}-00000`, name: field, output_types: types }
        : { fieldName: field, id: `${target}-00000`, inputTypes: types, type: 'other' },
    },
  }))
  return { nodes, edges: drawn }
}
