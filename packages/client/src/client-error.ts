export interface ClientErrorFacts {
  /** The server's name for the failure. */
  readonly code?: string | undefined
  /** What the sentence is about; undefined when it is not the usual one of its code. */
  readonly args?: readonly string[] | undefined
  readonly retryAfterSeconds?: number
  /** What the server's log calls the request. */
  readonly requestId?: string | undefined
}

/** The server answered with a status of 400 or more. */
export class ClientError extends Error {
  override readonly name = 'ClientError'
  readonly status: number
  /** What the server says about it: a sentence, or for 422 a list of what does not fit. */
  readonly detail: unknown
  readonly code: string | undefined
  readonly args: readonly string[] | undefined
  readonly retryAfterSeconds: number | undefined
  readonly requestId: string | undefined

  constructor(status: number, detail: unknown, { code, args, retryAfterSeconds, requestId }: ClientErrorFacts = {}) {
    super(typeof detail === 'string' ? detail : `The server answered ${status}`)
    this.status = status
    this.detail = detail
    this.code = code
    this.args = args
    this.retryAfterSeconds = retryAfterSeconds
    this.requestId = requestId
  }
}
