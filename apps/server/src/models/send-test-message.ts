import { AppError } from '@runnel/protocol/errors'
import type { RunContext } from '@runnel/sdk'
import { askModel } from './ask-model.ts'

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
    const messages = [{ role: 'user', content: [{ type: 'text', text }] }] as const
    const said = await askModel({ provider, name, messages }, variables, signal)
    return { text: said, error: null, duration_ms: after() }
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    return { text: '', error: error.message, duration_ms: after() }
  }
}
