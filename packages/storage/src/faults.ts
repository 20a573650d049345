import { AppError, type ErrorCode } from '@runnel/protocol/errors'

/** A row breaks a unique index. Repositories turn it into the AppError of their table. */
export class UniqueViolation extends Error {
  override readonly name = 'UniqueViolation'
  /** The name of the index, `flow_endpoint_name`. */
  readonly index: string
  constructor(index: string, options?: ErrorOptions) {
    super(`A row with this ${index} exists already`, options)
    this.index = index
  }
}

/** Another worker has taken the run over, or it is no longer there: what this one found out counts no more. */
export class ClaimLost extends Error {
  override readonly name = 'ClaimLost'
  constructor(options?: ErrorOptions) {
    super('The run is no longer with this worker', options)
  }
}

/** The store cannot write, or cannot be reached, at this moment: 503, try again. */
export function unavailable(sentence: string, cause: unknown): AppError {
  return new AppError('overloaded', [sentence], { retryAfterSeconds: 5, cause })
}

/** A row names a project or user that is not there (any more). */
export function missingOwner(cause: unknown): AppError {
  return new AppError('bad_request', ['The project or user this belongs to does not exist.'], { cause })
}

/** Runs a write; a violated index of `codes` becomes that AppError. */
export async function withUnique<Value>(
  codes: Readonly<Record<string, ErrorCode>>,
  write: () => Promise<Value>,
): Promise<Value> {
  try {
    return await write()
  } catch (error) {
    const code = error instanceof UniqueViolation ? codes[error.index] : undefined
    throw code ? new AppError(code, [], { cause: error }) : error
  }
}

/** The store cannot be opened. The message names the file or address and says what to do; print it and end. */
export class CannotOpenStorage extends Error {
  override readonly name = 'CannotOpenStorage'
}
