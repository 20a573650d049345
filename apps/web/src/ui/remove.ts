import { attempt } from './attempt.ts'
import { confirm, type Question } from './confirm.tsx'
import { notify } from './notifications.tsx'

export interface Removal extends Omit<Question, 'danger'> {
  /** Said when it was done. */
  readonly done: string
  /** The title of the notice when it failed. */
  readonly failed: string
  readonly perform: () => Promise<unknown>
}

/** `failed` of several: some may be gone nevertheless. */
export type RemovalOutcome = 'declined' | 'done' | 'failed'

/** Asks, removes, and says how it went. */
export async function remove({ done, failed, perform, ...question }: Removal): Promise<RemovalOutcome> {
  if (!(await confirm({ ...question, danger: true }))) return 'declined'
  if (!(await attempt(failed, perform))) return 'failed'
  notify('success', done)
  return 'done'
}
