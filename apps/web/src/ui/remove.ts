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

/** Asks, removes, and says how it went. @returns whether the user said yes */
export async function remove({ done, failed, perform, ...question }: Removal): Promise<boolean> {
  if (!(await confirm({ ...question, danger: true }))) return false
  if (await attempt(failed, perform)) notify('success', done)
  return true
}
