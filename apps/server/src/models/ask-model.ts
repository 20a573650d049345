import { chosenModel } from '@runnel/components/shared/model-choice'
import { AppError } from '@runnel/protocol/errors'
import type { ModelMessage, RunContext } from '@runnel/sdk'

export interface AskedModel {
  readonly provider: string
  readonly name: string
  readonly messages: readonly ModelMessage[]
  /** The answer comes in pieces, so that a long one is not taken for none. */
  readonly stream?: boolean
  /** Characters after which an answer is given up; as many as the connection allows unless given. */
  readonly longest?: number
}

/** Asks a model as a node of a flow would, with the user's keys. @returns its whole answer */
export async function askModel(
  { provider, name, messages, stream = false, longest = Number.POSITIVE_INFINITY }: AskedModel,
  variables: RunContext['variables'],
  signal: AbortSignal,
): Promise<string> {
  const model = await chosenModel({ model: [{ name, provider }] }, { variables })
  let said = ''
  for await (const part of model.respond({ messages, stream }, signal)) {
    if (part.type === 'text-delta') said += part.text
    if (said.length > longest)
      throw new AppError('model_error', [`${name} went on for more than ${longest} characters.`])
  }
  return said
}
