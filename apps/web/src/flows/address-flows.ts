import { type FlowCreate, fetchFlows, readFlow } from '@runnel/protocol/flows'
import { client } from '../api/client.ts'

/** What a flow behind an address brings along. */
export type AddressFlow = Pick<FlowCreate, 'name' | 'data'>

/** A text that is nothing but the address of a web page or file. */
export const isAddress = (text: string): boolean => /^https?:\/\/\S+$/i.test(text.trim())

/** The id of a flow of this server, when a text is nothing but the address of one. */
export function flowIdIn(text: string, origin: string): string | undefined {
  const address = text.trim()
  if (!URL.canParse(address)) return undefined
  const { origin: given, pathname } = new URL(address)
  if (given !== origin) return undefined
  return /^\/flow\/([0-9a-f-]{36})(?:\/|$)/i.exec(pathname)?.[1]
}

/**
 * The flows behind an address: one of this server, of another one, or of a file.
 * @param key an API key of the other server
 * @throws ClientError when there is none, or it is not handed out
 */
export async function flowsAt(address: string, key: string): Promise<readonly AddressFlow[]> {
  const flow_id = flowIdIn(address, location.origin)
  if (flow_id !== undefined) {
    const { name, data } = await client.call(readFlow, { params: { flow_id } })
    // As the server has it.
    return [{ name, data: data as AddressFlow['data'] }]
  }
  const { flows } = await client.call(fetchFlows, { body: { url: address.trim(), api_key: key.trim() || null } })
  return flows
}
