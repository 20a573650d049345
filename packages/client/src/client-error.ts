import { isObject } from '@runnel/protocol/json'

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
    super(sentenceOf(detail) ?? `The server answered ${status}`)
    this.status = status
    this.detail = detail
    this.code = code
    this.args = args
    this.retryAfterSeconds = retryAfterSeconds
    this.requestId = requestId
  }
}

/** What the server says, in words: a list of what does not fit reads `run_id: Input should be a valid UUID`. */
function sentenceOf(detail: unknown): string | undefined {
  if (typeof detail === 'string') return detail
  const faults = Array.isArray(detail) ? detail.filter((fault) => isObject(fault) && typeof fault.msg === 'string') : []
  return faults.length === 0 ? undefined : faults.map(faultText).join('\n')
}

/** The place begins with the part of the request, `path` or `body`, which says nothing to a reader. */
function faultText({ loc, msg }: { readonly loc?: unknown; readonly msg: string }): string {
  const place = Array.isArray(loc) ? loc.slice(1).join('.') : ''
  return place === '' ? msg : `${place}: ${msg}`
}
