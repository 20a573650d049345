const MAX_ADDRESSES = 10
const MAX_CHARACTERS = 2000
/** What browsers run or read themselves instead of handing it to a program. */
const NO_PROGRAM = /^(javascript|data|blob|file|filesystem|about|vbscript|view-source|ws|wss|ftp):$/

/** Whether a client may be answered at all of these: over https, on its own machine, or by a scheme of its own. */
export function areRedirects(addresses: readonly string[]): boolean {
  if (addresses.length === 0 || addresses.length > MAX_ADDRESSES) return false
  return addresses.join('').length <= MAX_CHARACTERS && addresses.every(isRedirect)
}

function isRedirect(address: string): boolean {
  const url = URL.parse(address)
  if (!url || url.hash || url.username || url.password) return false
  if (url.protocol === 'http:') return isLoopback(url)
  return url.protocol === 'https:' || (!NO_PROGRAM.test(url.protocol) && /^[a-z][a-z0-9+.-]*:$/.test(url.protocol))
}

/** The registered address, or one that differs in the port alone where a program of the same machine listens. */
export function isRegistered(address: string, registered: readonly string[]): boolean {
  return registered.some((one) => one === address || isSameButPort(URL.parse(one), URL.parse(address)))
}

function isSameButPort(one: URL | null, other: URL | null): boolean {
  if (!one || !other || one.protocol !== 'http:' || !isLoopback(one)) return false
  const portless = (url: URL) => `${url.protocol}//${url.hostname}${url.pathname}${url.search}`
  return portless(one) === portless(other) && other.hash === '' && other.username === ''
}

const isLoopback = ({ hostname }: URL): boolean => ['localhost', '127.0.0.1', '[::1]'].includes(hostname)
