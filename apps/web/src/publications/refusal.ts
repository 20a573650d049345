import { ClientError } from '@runnel/client'
import type { BreakingChange } from '@runnel/protocol/contract'
import { isObject } from '@runnel/protocol/json'
import type { checkPublication } from '@runnel/protocol/publications'
import type { z } from 'zod'

export type PublicationProblem = z.output<(typeof checkPublication)['response']>['problems'][number]

/** Why a flow was not published: a list of what to mend, a list of what callers would trip over, or a sentence. */
export interface Refusal {
  readonly problems?: readonly PublicationProblem[]
  readonly breaking?: readonly BreakingChange[]
  readonly message?: string
}

/** Reads the server's answer: 400 lists `problems`, 409 lists `changes`. */
export function refusalOf(error: unknown): Refusal {
  if (error instanceof ClientError && isObject(error.detail)) {
    const { problems, changes, message } = error.detail
    // Both lists are written by the endpoint, in the form its declaration names.
    if (Array.isArray(problems)) return { problems: problems as readonly PublicationProblem[] }
    if (Array.isArray(changes)) return { breaking: changes as readonly BreakingChange[] }
    if (typeof message === 'string') return { message }
  }
  return { message: error instanceof Error ? error.message : String(error) }
}
