import { AppError } from '@runnel/protocol/errors'

export interface CurlCommand {
  readonly url: string
  readonly method: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | undefined
}

/** Options that take a value, by what they mean to us; others with a value are skipped along with it. */
const METHOD = new Set(['-X', '--request'])
const HEADER = new Set(['-H', '--header'])
const BODY = new Set(['-d', '--data', '--data-raw', '--data-binary', '--data-ascii', '--data-urlencode', '--json'])
const OTHER = new Set(
  '-o --output -m --max-time --connect-timeout -w --write-out -T -F --form -x --proxy --retry -c'.split(' '),
)

/**
 * Reads a curl command as it is copied from documentation or a browser.
 * @throws AppError `invalid_field` when it is none.
 */
export function parseCurl(command: string): CurlCommand {
  const words = wordsOf(command)
  if (words[0] !== 'curl')
    throw new AppError('invalid_field', ['Error parsing curl: the command must begin with curl.'])
  let url = ''
  let method: string | undefined
  const headers: Record<string, string> = {}
  const bodies: string[] = []
  for (let at = 1; at < words.length; at++) {
    const [, joined, joinedValue] =
      /^(-[XHdubAe])(.+)$/s.exec(words[at] ?? '') ?? /^(--[\w-]+)=(.*)$/s.exec(words[at] ?? '') ?? []
    const option = joined ?? words[at] ?? ''
    const value = () => joinedValue ?? words[++at] ?? ''
    if (METHOD.has(option)) method = value().toUpperCase()
    else if (HEADER.has(option)) addHeader(headers, value())
    else if (BODY.has(option)) {
      bodies.push(value())
      if (option === '--json') headers['Content-Type'] ??= 'application/json'
    } else if (option === '-u' || option === '--user') headers.Authorization = basic(value())
    else if (option === '-b' || option === '--cookie') headers.Cookie = value()
    else if (option === '-A' || option === '--user-agent') headers['User-Agent'] = value()
    else if (option === '-e' || option === '--referer') headers.Referer = value()
    else if (option === '--url') url = value()
    else if (option === '-I' || option === '--head') method ??= 'HEAD'
    else if (OTHER.has(option)) value()
    else if (!option.startsWith('-')) url = option
  }
  if (url === '') throw new AppError('invalid_field', ['Error parsing curl: the command names no address.'])
  const body = bodies.length > 0 ? bodies.join('&') : undefined
  return { url, method: method ?? (body === undefined ? 'GET' : 'POST'), headers, body }
}

function addHeader(headers: Record<string, string>, line: string): void {
  const [, name, value] = /^\s*([^:]+?)\s*:\s*(.*)$/s.exec(line) ?? []
  if (name) headers[name] = value ?? ''
}

const basic = (userAndPassword: string): string => `Basic ${Buffer.from(userAndPassword).toString('base64')}`

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r' }

/** Words as a shell takes them apart: quotes, `$'…'`, backslashes and lines that go on. */
function wordsOf(command: string): readonly string[] {
  const text = command.trim().replace(/[\\^]\r?\n/g, ' ')
  const pieces = /'([^']*)'|\$'((?:[^'\\]|\\[\s\S])*)'|"((?:[^"\\]|\\[\s\S])*)"|\\([\s\S])|(\s+)|([^\s'"\\$]+|\$)/g
  const words: string[] = []
  let word: string | undefined
  for (const [, single, ansi, double, escaped, space, plain] of text.matchAll(pieces)) {
    if (space !== undefined) {
      if (word !== undefined) words.push(word)
      word = undefined
      continue
    }
    const piece =
      single ??
      ansi?.replace(/\\([\s\S])/g, (_, letter: string) => ESCAPES[letter] ?? letter) ??
      double?.replace(/\\(["\\$`])/g, '$1') ??
      escaped ??
      plain ??
      ''
    word = (word ?? '') + piece
  }
  return word === undefined ? words : [...words, word]
}
