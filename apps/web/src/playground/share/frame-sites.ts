import { isSite } from '@runnel/protocol/site'

export type FrameSites =
  | { readonly kind: 'sites'; readonly sites: readonly string[] }
  | { readonly kind: 'problem'; readonly line: string }

/** Reads the sites somebody has written, one a line; of an address that was copied the site counts. */
export function readFrameSites(text: string): FrameSites {
  const lines = text.split(/[\s,]+/).filter((line) => line !== '')
  const sites = lines.map((line) => siteOf(line))
  const wrong = sites.indexOf(undefined)
  if (wrong >= 0) return { kind: 'problem', line: lines[wrong] ?? '' }
  return { kind: 'sites', sites: [...new Set(sites.filter((site) => site !== undefined))] }
}

/** `https://shop.example` of `shop.example/help`; names in other letters as browsers write them. */
function siteOf(line: string): string | undefined {
  const url = URL.parse(/^[a-z][a-z0-9+.-]*:\/\//i.test(line) ? line : `https://${line}`)
  return url && isSite(url.origin) ? url.origin : undefined
}
