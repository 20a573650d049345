const MASK = '*****'

/** Keys and tokens by their looks, whatever they stand in. */
const SECRETS =
  /\b(?:sk|pk|rk|gsk|xai|ghp|github_pat|hf|xox[abprs])[-_][\w-]{8,}|\bAIza[\w-]{20,}|(?<![\w-])eyJ[\w-]{5,}\.[\w-]+\.[\w-]*/g
/** What is said after such a name: all that stands in quotes, else up to the next blank or separator. */
const NAMED =
  /\b((?:x-)?api[-_]?key|authorization|password|passwd|secret|(?:access_|refresh_)?token|cookie)(\\?["']?\s*[=:]\s*)(?:(\\?["']).{0,500}?\3|((?:Bearer|Basic)\s+)?[^\s"'\\,;&)}\]]+)/gi
const SCHEMES = /\b(Bearer|Basic)\s+[\w.~+/=-]{8,}/g
/** `https://name:password@host` */
const URL_PASSWORD = /(:\/\/[^\s/:@"']*:)[^\s/@"']+@/g

/** A line without the keys, tokens and passwords that found their way into it: the last net under careful callers. */
export const maskSecrets = (line: string): string =>
  line
    .replace(SECRETS, MASK)
    .replace(
      NAMED,
      (_, name: string, between: string, quote = '', scheme = '') =>
        `${name}${between}${quote}${scheme}${MASK}${quote}`,
    )
    .replace(SCHEMES, (_, scheme: string) => `${scheme} ${MASK}`)
    .replace(URL_PASSWORD, (_, before: string) => `${before}${MASK}@`)
