import { ClientError } from '@runnel/client'

/** Whether there is no such flow for this user. An address that is no id at all is refused before it is looked for. */
export const isFlowGone = (error: unknown): boolean =>
  error instanceof ClientError && (error.status === 404 || error.status === 422)
