import type { Mode } from './call.ts'
import type { FlowInputs } from './flow-inputs.ts'

/** What the pane shows: code for a way to call, or how others than programs get at the flow. */
export type Way = Mode | 'flowai' | 'mcp' | 'embed'

/** The ways to call that suit a flow. */
export function modesOf({ hasWebhook, hasChatInput, hasChatOutput, fileFields }: FlowInputs): readonly Mode[] {
  return [
    'run',
    'stream',
    ...(hasWebhook ? (['webhook'] as const) : []),
    ...(fileFields.length > 0 ? (['upload'] as const) : []),
    ...(hasChatInput && hasChatOutput ? (['openai'] as const) : []),
    'background',
  ]
}

/** The same with those that are no code. */
export function waysOf(
  modes: readonly Mode[],
  { hasChatInput, hasChatOutput }: FlowInputs,
  projectId: string | null,
): readonly Way[] {
  return [
    ...modes,
    'flowai',
    ...(projectId === null ? [] : (['mcp'] as const)),
    ...(hasChatInput || hasChatOutput ? (['embed'] as const) : []),
  ]
}
