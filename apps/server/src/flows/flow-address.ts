/** Where the flow behind an address is read: from the API of its server, or as a file. */
export type FlowSource =
  | { readonly kind: 'server'; readonly url: string; readonly publicUrl: string }
  | { readonly kind: 'file'; readonly url: string }

/** `/flow/<id>` of an editor, `/playground/<id>` of its chat, or the flow in the API; a server may live under a folder. */
const FLOW_PAGE =
  /^(.*)\/(?:flow|playground|api\/v1\/flows(?:\/public_flow)?)\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?:\/|$)/i
/** A page of GitHub about a file, which is not the file. */
const FILE_PAGE = /^\/([^/]+\/[^/]+)\/(?:blob|raw)\/(.+)$/

/** @returns undefined for what is no web address */
export function flowSource(address: string): FlowSource | undefined {
  const url = URL.parse(address.trim())
  if (!url || !/^https?:$/.test(url.protocol)) return undefined
  const [, base = '', id] = FLOW_PAGE.exec(url.pathname) ?? []
  if (id !== undefined) {
    const flows = `${url.origin}${base}/api/v1/flows`
    return { kind: 'server', url: `${flows}/${id}`, publicUrl: `${flows}/public_flow/${id}` }
  }
  const [, repository, file] = (url.host === 'github.com' && FILE_PAGE.exec(url.pathname)) || []
  if (repository !== undefined) {
    return { kind: 'file', url: `https://raw.githubusercontent.com/${repository}/${file}` }
  }
  return { kind: 'file', url: url.href }
}
