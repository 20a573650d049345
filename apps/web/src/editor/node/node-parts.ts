import { CONNECTED_MODEL } from '../fields/model-value.ts'
import { takesEdges } from '../model/compatibility.ts'
import {
  type ComponentNode,
  fieldsOf,
  type NodeData,
  type NodeOutput,
  type TemplateField,
} from '../model/flow-document.ts'

export type NamedField = readonly [name: string, field: TemplateField]

/** Whether a field stands on its node, rather than only in the inspector. */
export const isOnNode = (name: string, field: TemplateField): boolean =>
  field.show !== false && !field.advanced && name !== 'code' && field.type !== 'auth'

/** The fields a node shows: those meant for it, and those an edge comes into. */
export const shownFields = (node: ComponentNode, connected: ReadonlySet<string>): readonly NamedField[] =>
  fieldsOf(node).filter(([name, field]) => isOnNode(name, field) || connected.has(name))

/** Fields of the inspector: all but the source and what the component keeps to itself. */
export const inspectedFields = (node: ComponentNode): readonly NamedField[] =>
  fieldsOf(node).filter(([name, field]) => field.show !== false && name !== 'code' && field.type !== 'auth')

/** Whether an agent fills a field, as its node is one of the agent's tools. */
export const isToolFilled = (node: ComponentNode, field: TemplateField): boolean =>
  node.tool_mode === true && field.tool_mode === true

/** Whether an agent could fill a field, as it is or as its component begins with it. */
export const canBeToolFilled = (field: TemplateField, stock: TemplateField | undefined): boolean =>
  field.tool_mode === true || stock?.tool_mode === true

/** Whether a field has a dot for edges: a field of models only when its model comes by one. */
export const hasHandle = (node: ComponentNode, field: TemplateField, isConnected: boolean): boolean =>
  isConnected ||
  (takesEdges(field) && !isToolFilled(node, field) && (field.type !== 'model' || field.value === CONNECTED_MODEL))

/** A row of outputs: one, or several that share it and of which one is chosen. */
export interface OutputRow {
  readonly output: NodeOutput
  /** What can be chosen in its place, itself included; one when there is no choice. */
  readonly choices: readonly NodeOutput[]
}

/**
 * The rows of a node's outputs. Outputs that do not each have a row of their own share one; what an edge leaves keeps
 * its row, so that the edge keeps its end.
 */
export function outputRows(
  { node, selected_output: selected }: NodeData,
  connected: ReadonlySet<string>,
  showsHidden: boolean,
): readonly OutputRow[] {
  const outputs = node.outputs ?? []
  const shown = outputs.filter(({ hidden, name }) => !hidden || showsHidden || connected.has(name))
  const alone = (output: NodeOutput): OutputRow => ({ output, choices: [output] })
  const choices = outputs.filter(({ hidden }) => !hidden)
  const isApart = node.flow !== undefined || outputs.some((one) => one.group_outputs || one.allows_loop)
  if (isApart || choices.length < 2) return shown.map(alone)
  const wanted = choices.find(({ name }) => name === selected)
  const chosen = wanted ?? choices.find(({ name }) => connected.has(name)) ?? choices[0]
  return shown
    .filter((output) => output === chosen || connected.has(output.name) || output.hidden)
    .map((output) => (output === chosen ? { output, choices } : alone(output)))
}

/** Newer names of a type stand beside the older ones in a list of types: both are one. */
const ALIASES: Readonly<Record<string, string>> = { JSON: 'Data', Table: 'DataFrame', Text: 'Message', Record: 'Data' }

/** The types an output can be given as, each once. */
export const typeChoices = ({ types = [] }: NodeOutput): readonly string[] => {
  const seen = new Set<string>()
  return types.filter((type) => {
    const name = ALIASES[type] ?? type
    return seen.size !== seen.add(name).size
  })
}

/** The components a legacy one names in its place; anything else in that place is passed over. */
export const replacementsOf = ({ replacement }: ComponentNode): readonly string[] =>
  (Array.isArray(replacement) ? replacement : [])
    .filter((one): one is string => typeof one === 'string')
    .map((one) => one.split('.').at(-1) ?? one)
    .filter((one) => one !== '')
