/** How long and how much a call to a model may take. Durations in milliseconds. */
export interface ModelLimits {
  readonly connectMs: number
  /** From the request sent to the first byte of the answer's body. */
  readonly firstByteMs: number
  /** Between two pieces of the body. */
  readonly idleMs: number
  /** Calls in all, the first one included. */
  readonly attempts: number
  /** The longest `Retry-After` that is waited for. */
  readonly longestRetryAfterMs: number
  readonly answerBytes: number
  readonly lineBytes: number
}

const MEGABYTE = 1024 * 1024

let limits: ModelLimits = {
  connectMs: 10_000,
  firstByteMs: 60_000,
  idleMs: 30_000,
  attempts: 3,
  longestRetryAfterMs: 10_000,
  answerBytes: 64 * MEGABYTE,
  lineBytes: MEGABYTE,
}

/** The limits of calls that name none. */
export const modelLimits = (): ModelLimits => limits

/** Replaces some of the limits for every call that starts later. The operator's settings arrive here, at start. */
export function setModelLimits(changes: Partial<ModelLimits>): void {
  limits = { ...limits, ...changes }
}
