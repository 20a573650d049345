import type { RunStepRead } from '@runnel/protocol/monitor'
import type { FlowDocument } from '../model/flow-document.ts'
import { involvedNodes } from '../model/topology.ts'
import { isCut } from '../output-inspector/whole-output.ts'

/** The field of each kind of node that holds what a run was begun with. */
const GIVEN: Readonly<Record<string, string>> = { ChatInput: 'input_value', TextInput: 'input_value', Webhook: 'data' }

/** What the nodes a run begins with were given in it, by node: the field and its value. */
function givenIn(
  { nodes }: FlowDocument,
  steps: readonly RunStepRead[],
): ReadonlyMap<string, readonly [string, unknown]> {
  const fields = new Map(nodes.map(({ id, data }) => [id, GIVEN[data.type]]))
  return new Map(
    steps.flatMap(({ component_id: id, inputs }) => {
      const field = fields.get(id)
      return field === undefined || inputs[field] === undefined ? [] : [[id, [field, inputs[field]]] as const]
    }),
  )
}

/** The flow with what a past run was begun with in the nodes it begins with: a text, or what was posted. */
export function askedAgain(document: FlowDocument, steps: readonly RunStepRead[]): FlowDocument {
  const given = givenIn(document, steps)
  const nodes = document.nodes.map((node) => {
    const [field = '', value] = given.get(node.id) ?? []
    const own = node.data.node.template[field]
    // A variable is looked up again: what it held may be masked, and is not its name.
    if (!own || own.load_from_db === true) return node
    const template = { ...node.data.node.template, [field]: { ...own, value } }
    return { ...node, data: { ...node.data, node: { ...node.data.node, template } } }
  })
  return { ...document, nodes }
}

/** Whether what a run was begun with is kept whole; a part of it would be another question. */
export const isAskedWhole = (document: FlowDocument, steps: readonly RunStepRead[], maxLength: number): boolean =>
  Array.from(givenIn(document, steps).values()).every(([, value]) => !isCut(value, maxLength))

/** The files that came with a question. */
export function filesIn(steps: readonly RunStepRead[]): readonly string[] {
  const files = steps.find(({ component_id: id }) => id.startsWith('ChatInput'))?.inputs.files
  return Array.isArray(files) ? files.filter((file) => typeof file === 'string') : []
}

/** Whether nodes ran that nothing joins to the chat input: then the run was one of the whole flow. */
export function ranBesideChat(document: FlowDocument, steps: readonly RunStepRead[]): boolean {
  const ran = new Set(steps.map(({ component_id }) => component_id))
  const joined = involvedNodes(document, {})
  return joined !== undefined && document.nodes.some(({ id }) => ran.has(id) && !joined.has(id))
}
