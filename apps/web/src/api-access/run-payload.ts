import { type Call, DEFAULT_TEXT } from './call.ts'
import type { FlowInputs, InputField } from './flow-inputs.ts'

/** By node and field, and values by the public names of fields. */
export type Tweaks = Readonly<Record<string, unknown>>
type NodeTweaks = Readonly<Record<string, Readonly<Record<string, unknown>>>>

/** The body of a run, its keys in the order they are printed; the session id comes from the program that calls. */
export interface RunPayload {
  readonly output_type: 'chat' | 'text'
  readonly input_type: 'chat' | 'text'
  readonly input_value?: string
  readonly tweaks?: Tweaks
}

/** Where a variable is given by name instead of a secret. */
const SECRET_PLACEHOLDER = 'NAME_OF_A_GLOBAL_VARIABLE'

/** A field a caller may set, with what is sent for it now; a secret is never that. */
export interface ExposedField {
  readonly field: InputField
  readonly value: unknown
}

/** What callers may set: by public name where a field has one, else by node and field. */
export function exposedFields({ nodes }: FlowInputs) {
  const exposed = nodes.flatMap(({ fields }) =>
    fields
      .filter((field) => field.isExposed && !field.isConnected)
      .map(
        (field): ExposedField => ({
          field,
          value: field.isSecret ? (field.variable ?? SECRET_PLACEHOLDER) : field.value,
        }),
      ),
  )
  return {
    named: exposed.flatMap(({ field, value }) =>
      field.publicName === undefined ? [] : [[field.publicName, { field, value }] as const],
    ),
    byNode: Map.groupBy(
      exposed.filter(({ field }) => field.publicName === undefined),
      ({ field }) => field.nodeId,
    ),
  }
}

/**
 * The body that runs this flow as it is. The text is left out where a tweak of the input node sets it: the
 * server takes one of them only.
 */
export function runPayload(inputs: FlowInputs, extraTweaks: NodeTweaks = {}): RunPayload {
  const { named, byNode } = exposedFields(inputs)
  const ids = [...new Set([...byNode.keys(), ...Object.keys(extraTweaks)])]
  const ofNode = (id: string) =>
    Object.fromEntries((byNode.get(id) ?? []).map(({ field, value }) => [field.name, value]))
  const tweaks: Tweaks = {
    ...Object.fromEntries(named.map(([name, { value }]) => [name, value])),
    ...Object.fromEntries(ids.map((id) => [id, { ...ofNode(id), ...extraTweaks[id] }])),
  }
  const isTextTweaked = inputs.nodes.some(
    ({ type, fields }) =>
      (type === 'ChatInput' || type === 'TextInput') &&
      fields.some(({ name, isExposed, isConnected }) => name === 'input_value' && isExposed && !isConnected),
  )
  return {
    output_type: inputs.hasChatOutput ? 'chat' : 'text',
    input_type: inputs.hasChatInput ? 'chat' : 'text',
    ...(!isTextTweaked && { input_value: inputs.inputText ?? DEFAULT_TEXT }),
    ...(Object.keys(tweaks).length > 0 && { tweaks }),
  }
}

/** What a run of this flow in the background begins with. */
export const jobBody = ({ flowId, inputs }: Pick<Call, 'flowId' | 'inputs'>) => {
  const { input_value, tweaks } = runPayload(inputs)
  return {
    flow_id: flowId,
    mode: 'background',
    ...(input_value !== undefined && { input_value }),
    ...(tweaks && { tweaks }),
  }
}
