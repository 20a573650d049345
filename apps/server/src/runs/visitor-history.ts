import { createHash } from 'node:crypto'

/** A session of the visitor's own, whatever it is called elsewhere. */
export function ownSession(asked: string | null, visitorFlowId: string): string {
  if (!asked || asked === visitorFlowId) return visitorFlowId
  return asked.startsWith(`${visitorFlowId}:`) ? asked : `${visitorFlowId}:${asked}`
}

/** The namespace of names of the domain name system (RFC 9562). */
const DNS_NAMESPACE = Buffer.from('6ba7b8109dad11d180b400c04fd430c8', 'hex')

/** What one visitor's messages of a flow are kept under: a UUID of version 5, from both ids. */
export function virtualFlowId(clientId: string, flowId: string): string {
  const hash = createHash('sha1').update(DNS_NAMESPACE).update(`${clientId}_${flowId}`).digest()
  hash[6] = ((hash[6] ?? 0) & 0x0f) | 0x50
  hash[8] = ((hash[8] ?? 0) & 0x3f) | 0x80
  return hash.toString('hex', 0, 16).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}
