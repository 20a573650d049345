import { DEFAULT_TEXT } from './call.ts'
import type { FlowInputs } from './flow-inputs.ts'

export type Tweaks = Readonly<Record<string, Readonly<Record<string, unknown>>>>

/** The body of a run, its keys in the order they are printed; the session id comes from the program that calls. */
export interface RunPayload {
  readonly output_type: 'chat' | 'text'
  readonly input_type: 'chat' | 'text'
  readonly input_value?: string
  readonly tweaks?: Tweaks
}

/** Where a variable is given by name instead of a secret. */
const SECRET_PLACEHOLDER = 'NAME_OF_A_GLOBAL_VARIABLE'

/** What exposed fields hold now, by node and field; a secret is never among them. */
export function exposedTweaks({ nodes }: FlowInputs): Tweaks | undefined {
  const tweaks = nodes.flatMap(({ id, fields }) => {
    const exposed = fields.filter((field) => field.isExposed && !field.isConnected)
    const values = exposed.map(
      ({ name, value, isSecret, variable }) => [name, isSecret ? (variable ?? SECRET_PLACEHOLDER) : value] as const,
    )
    return values.length === 0 ? [] : [[id, Object.fromEntries(values)] as const]
  })
  return tweaks.length === 0 ? undefined : Object.fromEntries(tweaks)
}

/**
 * The body that runs this flow as it is. The text is left out where a tweak of the input node sets it: the
 * server takes one of them only.
 */
export function runPayload(inputs: FlowInputs, extraTweaks: Tweaks = {}): RunPayload {
  const exposed = exposedTweaks(inputs) ?? {}
  const ids = [...new Set([...Object.keys(exposed), ...Object.keys(extraTweaks)])]
  const tweaks = Object.fromEntries(ids.map((id) => [id, { ...exposed[id], ...extraTweaks[id] }]))
  const isTextTweaked = inputs.nodes.some(
    ({ id, type }) => (type === 'ChatInput' || type === 'TextInput') && tweaks[id] && 'input_value' in tweaks[id],
  )
  return {
    output_type: inputs.hasChatOutput ? 'chat' : 'text',
    input_type: inputs.hasChatInput ? 'chat' : 'text',
    ...(!isTextTweaked && { input_value: inputs.inputText ?? DEFAULT_TEXT }),
    ...(ids.length > 0 && { tweaks }),
  }
}
