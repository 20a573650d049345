const COOKIE = 'client_id'
const YEAR_SECONDS = 31_536_000

/** Gives the browser an id, unless it has one: the server tells visitors apart by it, and knows them by nothing else. */
export function rememberVisitor(): void {
  if (document.cookie.split('; ').some((cookie) => cookie.startsWith(`${COOKIE}=`))) return
  // Inside of another site's page a cookie is kept only under these conditions.
  const where = location.protocol === 'https:' ? 'SameSite=None; Secure; Partitioned' : 'SameSite=Lax'
  // biome-ignore lint/suspicious/noDocumentCookie: the store of cookies is missing in half of the browsers
  document.cookie = `${COOKIE}=${crypto.randomUUID()}; path=/; max-age=${YEAR_SECONDS}; ${where}`
}
