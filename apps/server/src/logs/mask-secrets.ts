const MASK = '*****'

/** Keys and tokens by their looks, whatever they stand in. */
const SECRETS =
  /\b(?:sk|pk|rk|gsk|xai|AIza|ghp|github_pat|hf|xox[abprs])[-_][\w-]{8,}|\bAIza[\w-]{20,}|\beyJ[\w-]{5,}\.[\w-]+\.[\w-]*/g
/** What follows such a name, up to the next blank, quote or separator. */
const NAMED =
  /\b((?:x-)?api[-_]?key|authorization|password|passwd|secret|access_token|refresh_token|token|cookie)(\\?["']?\s*[=:]\s*\\?["']?)((?:Bearer|Basic)\s+)?[^\s"'\\,;&)}\]]+/gi
const BEARER = /\b(Bearer|Basic)\s+[\w.~+/=-]{8,}/g
/** `https://name:password@host` */
const URL_PASSWORD = /(:\/\/[^\s/:@"']*:)[^\s/@"']+@/g

/** A line without the keys, tokens and passwords that found their way into it: the last net under careful callers. */
export const maskSecrets = (line: string): string =>
  line
    .replace(SECRETS, MASK)
    .replace(NAMED, (_, name: string, between: string, scheme = '') => `${name}${between}${scheme}${MASK}`)
    .replace(BEARER, (_, scheme: string) => `${scheme} ${MASK}`)
    .replace(URL_PASSWORD, (_, before: string) => `${before}${MASK}@`)
