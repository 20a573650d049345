import { AppError } from '@runnel/protocol/errors'
import { ForeignFlow } from '@runnel/protocol/flows'
import type { HttpAnswer } from '@runnel/sdk'
import type { HttpClient } from '../egress/http-client.ts'
import { flowSource } from './flow-address.ts'
import { flowsOfUpload } from './flow-file.ts'

export interface ForeignFlowRequest {
  readonly address: string
  /** An API key of the other server. */
  readonly key: string | undefined
}

const MEGABYTE = 1024 * 1024
const LIMITS = { maxBytes: 50 * MEGABYTE, timeoutMs: 30_000 }

/**
 * The flows behind the address of a flow on another server, or of a flow file. Nothing of whose they were comes along.
 * @throws AppError `no_flow_at_address`, `foreign_flow_closed`, `foreign_server_refused`, `bad_request` when nobody answers
 */
export async function foreignFlows(
  http: Pick<HttpClient, 'fetch'>,
  { address, key }: ForeignFlowRequest,
  signal: AbortSignal,
): Promise<readonly ForeignFlow[]> {
  const source = flowSource(address)
  if (!source) throw nothingAt(address)
  const headers = { accept: 'application/json', ...(key !== undefined && { 'x-api-key': key }) }
  const read = async (url: string): Promise<HttpAnswer> => {
    try {
      return await http.fetch(url, { headers, ...LIMITS }, signal)
    } catch (error) {
      const isRefused = error instanceof AppError && error.code === 'address_refused'
      throw isRefused ? new AppError('foreign_server_refused', [new URL(url).host], { cause: error }) : error
    }
  }
  if (source.kind === 'file') return flowsOf(await read(source.url), address)
  const own = await read(source.url)
  if (own.status === 200) return flowsOf(own, address)
  // A flow its owner has made public is read by everybody, as far as its server shows it.
  const shared = await read(source.publicUrl)
  const flows = shared.status === 200 ? flowsOf(shared, address) : []
  const shown = flows.filter(isWhole)
  if (shown.length > 0) return shown
  throw own.status === 401 || own.status === 403 || flows.length > 0 ? closed(source.url) : nothingAt(address)
}

/** Some servers tell visitors only what a flow begins and ends with. */
const isWhole = ({ data }: ForeignFlow): boolean => (data?.edges?.length ?? 0) > 0

const closed = (url: string): AppError => new AppError('foreign_flow_closed', [new URL(url).host])
const nothingAt = (address: string, options?: ErrorOptions): AppError =>
  new AppError('no_flow_at_address', [address.slice(0, 200)], options)

function flowsOf({ status, body }: Pick<HttpAnswer, 'status' | 'body'>, address: string): readonly ForeignFlow[] {
  if (status === 401 || status === 403) throw closed(address)
  if (status !== 200) throw nothingAt(address)
  try {
    const flows = flowsOfUpload(Buffer.from(body)).map((flow) => ForeignFlow.parse(flow))
    if (flows.some(({ data }) => data)) return flows
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    throw nothingAt(address, { cause: error })
  }
  throw nothingAt(address)
}
