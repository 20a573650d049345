import type { Graph, GraphNode } from '@runnel/engine/graph'
import { outputNodes } from '@runnel/engine/run-inputs'
import { type Contract, type ContractInput, type ContractType, contractTypes } from '@runnel/protocol/contract'
import { isObject } from '@runnel/protocol/json'

/** The component whose rows declare inputs. */
const DECLARING = 'FlowInputs'
/** Its field for the values of one call, by name. */
export const DECLARED_VALUES = 'values'

/** What a flow takes and gives: one input for each declared row and each other input component, in the flow's order. */
export function contractOf(graph: Graph): Contract {
  const inputNodes = graph.nodes.filter(({ role }) => role === 'input')
  const named = countNames(inputNodes)
  const inputs = inputNodes.flatMap((node) =>
    node.type === DECLARING ? declaredInputs(node) : nodeInput(node, named.get(node.displayName) === 1),
  )
  const outputs = outputNodes(graph, 'any')
  const titles = countNames(outputs)
  return {
    // Of two rows of one name the first counts.
    inputs: [...new Map(inputs.toReversed().map((input) => [input.name, input])).values()].toReversed(),
    outputs: outputs.map((node) => ({
      name: titles.get(node.displayName) === 1 ? normal(node.displayName) : node.id,
      type: node.type === 'ChatOutput' || node.type === 'TextOutput' ? 'text' : 'json',
      description: ownDescription(node),
      node_id: node.id,
    })),
  }
}

/** Names are compared as they look: `é` is one letter, however it was typed. */
export const normal = (name: string): string => name.normalize('NFC')

function countNames(nodes: readonly GraphNode[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const { displayName } of nodes) counts.set(displayName, (counts.get(displayName) ?? 0) + 1)
  return counts
}

/** The field of an input component that a value goes into. */
export const valueField = ({ type, id }: Pick<GraphNode, 'type' | 'id'>): string =>
  type === DECLARING ? DECLARED_VALUES : type === 'Webhook' || id.startsWith('Webhook') ? 'data' : 'input_value'

function nodeInput(node: GraphNode, isNameUnique: boolean): readonly ContractInput[] {
  const name = valueField(node)
  const field = node.fields[node.fieldIndex.get(name) ?? -1]
  // Something else feeds it: nothing that a caller gives would be seen.
  if (!field || field.edges.length > 0) return []
  const { literal, variable } = field
  const preset = typeof literal === 'string' && literal !== '' ? literal : null
  return [
    {
      name: isNameUnique ? normal(node.displayName) : node.id,
      label: node.displayName,
      type: name === 'data' ? 'json' : 'text',
      required: preset === null && variable === undefined,
      default: preset,
      description: ownDescription(node),
      node_id: node.id,
    },
  ]
}

/** What was written about a node; what the component says of all its nodes tells callers nothing. */
const ownDescription = ({ description, component }: GraphNode) =>
  description === component?.description ? '' : description

function declaredInputs(node: GraphNode): readonly ContractInput[] {
  const rows = node.fields[node.fieldIndex.get('fields') ?? -1]?.literal
  return (Array.isArray(rows) ? rows : []).filter(isObject).flatMap((row) => {
    const name = textOf(row.name)
    if (name === '') return []
    const type = contractTypes.find((known) => known === row.type) ?? 'text'
    const preset = presetOf(row.default, type)
    return [
      {
        name: normal(name),
        label: textOf(row.label) || name,
        type,
        required: (row.required === true || row.required === 'true') && preset === null,
        default: preset,
        description: textOf(row.description),
        node_id: node.id,
      },
    ]
  })
}

const textOf = (value: unknown) => (typeof value === 'string' ? value.trim() : '')

/** Cells of tables are texts: a default is read as the type of its input; one that does not fit is none. */
function presetOf(cell: unknown, type: ContractType): unknown {
  if (cell === undefined || cell === null || cell === '') return null
  if (typeof cell !== 'string' || type === 'text' || type === 'file') return cell
  try {
    const value: unknown = JSON.parse(cell)
    return fits(value, type) ? value : null
  } catch {
    return type === 'json' ? cell : null
  }
}

/** Whether a value is of a type. Texts take everything: numbers, flags and structures become text. */
export function fits(value: unknown, type: ContractType): boolean {
  switch (type) {
    case 'text':
    case 'json':
      return value !== null && value !== undefined
    case 'number':
      return typeof value === 'number' && Number.isFinite(value)
    case 'integer':
      return Number.isSafeInteger(value)
    case 'boolean':
      return typeof value === 'boolean'
    case 'object':
      return isObject(value)
    case 'list':
      return Array.isArray(value)
    case 'file':
      return typeof value === 'string' && value.trim() !== ''
    default:
      return type satisfies never
  }
}
