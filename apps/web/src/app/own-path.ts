/** The path of an address as long as a browser takes it for one of this origin; undefined for any other. */
export function ownPath(address: unknown, origin: string): string | undefined {
  if (typeof address !== 'string' || !address.startsWith('/')) return undefined
  const url = URL.parse(address, origin)
  return url?.origin === origin ? `${url.pathname}${url.search}${url.hash}` : undefined
}
