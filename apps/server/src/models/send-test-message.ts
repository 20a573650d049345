import { chosenModel } from '@runnel/components/shared/model-choice'
import { AppError } from '@runnel/protocol/errors'
import type { RunContext } from '@runnel/sdk'

/** What a model answered, or why it did not. */
export interface TestAnswer {
  readonly text: string
  readonly error: string | null
  readonly duration_ms: number
}

/** Asks a model as a node of a flow would, with the user's keys, and reads its whole answer. */
export async function sendTestMessage(
  { provider, name, text }: { readonly provider: string; readonly name: string; readonly text: string },
  variables: RunContext['variables'],
  signal: AbortSignal,
): Promise<TestAnswer> {
  const began = performance.now()
  const after = (): number => Math.round(performance.now() - began)
  try {
    const model = await chosenModel({ model: [{ name, provider }] }, { variables })
    const messages = [{ role: 'user', content: [{ type: 'text', text }] }] as const
    let said = ''
    for await (const part of model.respond({ messages, stream: false }, signal)) {
      if (part.type === 'text-delta') said += part.text
    }
    return { text: said, error: null, duration_ms: after() }
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    return { text: '', error: error.message, duration_ms: after() }
  }
}
