import { isObject, type JsonObject } from '@runnel/protocol/json'
import type { MessageRecord } from '@runnel/protocol/message'

/** A tool an agent has called, with what came of it. */
export interface ToolCall {
  /** From 1, in the order in which calls came to their end. */
  readonly number: number
  readonly name: string
  readonly input: JsonObject
  readonly output: unknown
  /** Why it failed, if it did. */
  readonly error: string | null
}

/** Finds the tool calls that messages tell of, each once. */
export function createToolCalls() {
  const known = new Set<string>()
  const calls: ToolCall[] = []
  return {
    all: (): readonly ToolCall[] => calls,

    /** The calls that have come to their end since the message was seen last. */
    endedIn({ id, content_blocks }: Pick<MessageRecord, 'id' | 'content_blocks'>): readonly ToolCall[] {
      const before = calls.length
      content_blocks.forEach(({ contents }, block) => {
        contents.forEach((step, index) => {
          const key = `${id} ${block} ${index}`
          const { type, name, tool_input: input, output = null, error = null } = step
          const hasEnded = output !== null || error !== null
          if (type !== 'tool_use' || typeof name !== 'string' || !hasEnded || known.has(key)) return
          known.add(key)
          calls.push({
            number: calls.length + 1,
            name,
            input: isObject(input) ? input : {},
            output,
            error: error === null ? null : errorText(error),
          })
        })
      })
      return calls.slice(before)
    },
  }
}

const errorText = (error: unknown): string => (typeof error === 'string' ? error : JSON.stringify(error))
