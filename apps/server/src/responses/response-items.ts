import type { ToolCall } from './tool-calls.ts'

const statusOf = ({ error }: ToolCall) => (error === null ? 'completed' : 'failed')
const errorOf = ({ error }: ToolCall) => (error === null ? {} : { error })

/** Ids of a call: as an item, and as what its result refers to. */
export const itemIdOf = ({ number }: ToolCall): string => `fc_${number}`
export const callIdOf = ({ number }: ToolCall): string => `call_${number}`

/** A tool call in `output`. `withResults` is what `include: ["tool_call.results"]` asks for. */
export function toolItem(call: ToolCall, withResults: boolean) {
  const { name, number, input, output } = call
  if (!withResults) return functionCall(call)
  return {
    id: `${name}_${number}`,
    queries: Object.values(input),
    status: statusOf(call),
    tool_name: name,
    type: 'tool_call',
    results: output ?? [],
    ...errorOf(call),
  }
}

/** The same when it is told in a stream. */
export function streamedToolItem(call: ToolCall, withResults: boolean) {
  const { name, input, output } = call
  if (!withResults) return functionCall(call)
  return {
    id: `${name}_${itemIdOf(call)}`,
    inputs: input,
    status: statusOf(call),
    type: 'tool_call',
    tool_name: name,
    results: output ?? [],
    ...errorOf(call),
  }
}

function functionCall(call: ToolCall) {
  return {
    id: itemIdOf(call),
    type: 'function_call',
    status: statusOf(call),
    name: call.name,
    arguments: JSON.stringify(call.input),
    call_id: callIdOf(call),
    ...errorOf(call),
  }
}

/** What the flow says, after the tool calls. */
export const messageItem = (responseId: string, text: string) => ({
  type: 'message',
  id: `msg_${responseId}`,
  status: 'completed',
  role: 'assistant',
  content: [{ type: 'output_text', text, annotations: [] }],
})
