import { checksNamed, GUARDRAILS, phraseScore } from './guardrail-checks.ts'

/** What a rule found in a text, and where. */
export interface Finding {
  readonly category: string
  /** What it is, `email`. */
  readonly kind: string
  /** From 0 to 1: how sure and how bad. */
  readonly score: number
  readonly start: number
  readonly end: number
}

/** What rules look for besides the built-in patterns. */
export interface RuleOptions {
  readonly direction: 'input' | 'output'
  /** Names of organisations, domains, hosts and markers that stay inside, and words of the user. */
  readonly confidential: readonly string[]
  /** Hosts whose addresses may be written. */
  readonly allowedHosts: readonly string[]
  /** Texts hidden in Base64 are looked at as well. */
  readonly encoded: boolean
  readonly scope: {
    readonly allowed: readonly string[] | undefined
    readonly blocked: readonly string[]
  }
}

interface Rule {
  readonly kind: string
  readonly pattern: RegExp
  readonly score: number
  /** Whether what was matched is one. */
  readonly holds?: (text: string) => boolean
}

const RULES: Readonly<Record<string, readonly Rule[]>> = {
  PII: [
    { kind: 'email', pattern: /\b[\w.+-]+@[\w-]+(?:\.[\w-]+)+\b/g, score: 0.6 },
    { kind: 'phone', pattern: /(?<![\w.])\+?\d[\d ().-]{7,17}\d(?![\w.])/g, score: 0.5, holds: isPhone },
    { kind: 'social security number', pattern: /\b(?!000|666|9\d\d)\d{3}-(?!00)\d{2}-(?!0000)\d{4}\b/g, score: 0.95 },
    { kind: 'card number', pattern: /\b\d(?:[ -]?\d){12,18}\b/g, score: 0.95, holds: isCard },
    {
      kind: 'IBAN',
      pattern: /\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?\b/g,
      score: 0.95,
      holds: isIban,
    },
  ],
  'Tokens/Passwords': [
    { kind: 'private key', pattern: /-----BEGIN [A-Z ]*PRIVATE KEY-----/g, score: 1 },
    { kind: 'API key', pattern: /\b(?:sk|pk|rk)[-_](?:[a-z]+[-_])?[A-Za-z0-9_-]{16,}\b/g, score: 0.95 },
    { kind: 'AWS key', pattern: /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/g, score: 0.95 },
    { kind: 'GitHub token', pattern: /\bgh[pousr]_[A-Za-z0-9]{30,}\b/g, score: 0.95 },
    { kind: 'Slack token', pattern: /\bxox[abprs]-[A-Za-z0-9-]{10,}\b/g, score: 0.95 },
    { kind: 'JSON web token', pattern: /\beyJ[\w-]{10,}\.[\w-]{10,}\.[\w-]{5,}\b/g, score: 0.9 },
    { kind: 'password', pattern: /\b(?:password|passwd|pwd|secret|token)\s*[:=]\s*["']?[^\s"']{6,}/gi, score: 0.85 },
    { kind: 'password in an address', pattern: /\b[a-z][\w+]*:\/\/[^\s:/@]+:[^\s/@]+@[^\s]+/gi, score: 0.9 },
  ],
  'Malicious Code': [
    {
      kind: 'destructive command',
      pattern: /\brm\s+-(?:rf|fr)\s+[/~*]|\bmkfs\.|\bdd\s+if=.*of=\/dev\/|:\(\)\s*\{\s*:\|:&\s*\};:/g,
      score: 0.95,
    },
    {
      kind: 'SQL injection',
      pattern: /['"]\s*(?:or|and)\s+['"]?\d+['"]?\s*=\s*['"]?\d+|;\s*drop\s+table\b|\bunion\s+select\b/gi,
      score: 0.8,
    },
    { kind: 'script', pattern: /<script\b[^>]*>|\bon(?:error|load)\s*=\s*["']?[^\s"'>]+/gi, score: 0.75 },
    {
      kind: 'hidden command',
      pattern: /\b(?:curl|wget)\b[^\n|]*\|\s*(?:ba|z)?sh\b|\b(?:eval|exec)\s*\(\s*(?:atob|base64)/gi,
      score: 0.9,
    },
  ],
  'Offensive Content': [
    {
      kind: 'threat',
      pattern: /\b(?:i(?:'ll| will)|we(?:'ll| will)|going to)\s+(?:kill|hurt|murder|rape)\s+(?:you|him|her|them)\b/gi,
      score: 0.9,
    },
    {
      kind: 'insult',
      pattern: /\b(?:kill yourself|fuck(?:ing)? (?:you|off)|piece of shit|stupid (?:bitch|idiot|moron))\b/gi,
      score: 0.8,
    },
  ],
  'PII Solicitation': [
    {
      kind: 'asks for personal data',
      pattern:
        /\b(?:what is|tell me|send(?: me)?|enter|provide|confirm)\s+your\s+(?:password|pin|card number|social security|ssn|passport|date of birth|bank account)/gi,
      score: 0.85,
    },
  ],
  'System Prompt Leak': [
    {
      kind: 'own instructions',
      pattern:
        /\b(?:my|the) (?:system prompt|(?:initial|hidden|original) instructions?) (?:is|are|says?|reads?)\b|\bI was (?:told|instructed) to\b/gi,
      score: 0.8,
    },
  ],
}

const FROM_MODELS = ['PII', 'Tokens/Passwords', 'Offensive Content', 'PII Solicitation', 'System Prompt Leak']
const OF_THE_USER = ['Enterprise Business', 'Scope']

/** The categories rules know for a direction, of those that are enabled; and those left out. */
export function categoriesFor(
  direction: RuleOptions['direction'],
  enabled: readonly string[],
): { readonly run: readonly string[]; readonly skipped: readonly string[] } {
  const always = direction === 'output' ? ['PII Solicitation', 'System Prompt Leak'] : []
  const known = enabled.filter((name) => GUARDRAILS.includes(name))
  const run = direction === 'input' ? known : known.filter((name) => FROM_MODELS.includes(name))
  return { run: [...run, ...always, ...OF_THE_USER], skipped: known.filter((name) => !run.includes(name)) }
}

/** Everything rules find in a text, in the order of categories. Phrases have no place of their own: they are all of it. */
export function findingsIn(text: string, categories: readonly string[], options: RuleOptions): readonly Finding[] {
  const hidden = options.encoded ? decodedIn(text) : []
  return categories.flatMap((category) => {
    const plain = ofCategory(text, category, options)
    // What is hidden is found where it is hidden.
    const inside = hidden.flatMap(({ decoded, start, end }) =>
      ofCategory(decoded, category, options).map((finding) => ({ ...finding, start, end })),
    )
    return [...plain, ...inside]
  })
}

function ofCategory(text: string, category: string, options: RuleOptions): readonly Finding[] {
  if (category === 'Enterprise Business')
    return options.confidential.flatMap((word) => wordIn(text, word, category, 0.8))
  if (category === 'Scope') return outOfScope(text, options.scope)
  if (category === 'Jailbreak' || category === 'Prompt Injection') return phrasesIn(text, category)
  return (RULES[category] ?? []).flatMap(({ kind, pattern, score, holds }) =>
    [...text.matchAll(pattern)]
      .filter(([found]) => (holds?.(found) ?? true) && !isAllowed(found, options.allowedHosts))
      .map((match) => ({ category, kind, score, start: match.index, end: match.index + match[0].length })),
  )
}

const isAllowed = (found: string, hosts: readonly string[]): boolean =>
  hosts.some((host) => found.toLowerCase().includes(`@${host}`) || found.toLowerCase().includes(`//${host}`))

function phrasesIn(text: string, category: string): readonly Finding[] {
  const [check] = checksNamed([category], '')
  const score = check ? phraseScore(text, check) : 0
  return score === 0 ? [] : [{ category, kind: 'phrase', score, start: 0, end: text.length }]
}

function outOfScope(text: string, { allowed, blocked }: RuleOptions['scope']): readonly Finding[] {
  const found = blocked.flatMap((topic) => wordIn(text, topic, 'Scope', 0.9))
  if (!allowed || allowed.some((topic) => wordIn(text, topic, 'Scope', 1).length > 0)) return found
  return [...found, { category: 'Scope', kind: 'no allowed topic', score: 0.9, start: 0, end: text.length }]
}

function wordIn(text: string, word: string, category: string, score: number): readonly Finding[] {
  const escaped = word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
  return [...text.matchAll(new RegExp(`(?<!\\w)${escaped}(?!\\w)`, 'gi'))].map((match) => ({
    category,
    kind: word,
    score,
    start: match.index,
    end: match.index + match[0].length,
  }))
}

const LEAST_HIDDEN = 16

/** Pieces of Base64 that hold readable text. */
function decodedIn(text: string) {
  return [...text.matchAll(/\b[A-Za-z0-9+/]{16,}={0,2}/g)].flatMap((match) => {
    const decoded = Buffer.from(match[0], 'base64').toString('utf8')
    const isText = decoded.length >= LEAST_HIDDEN / 2 && /^[\t\n\r\x20-\x7e\u00a0-\uffef]+$/.test(decoded)
    return isText && !decoded.includes('\ufffd')
      ? [{ decoded, start: match.index, end: match.index + match[0].length }]
      : []
  })
}

/** Neither a date nor a number of another kind. */
const NO_PHONE = /^\d{4}-\d{2}-\d{2}|^\d{3}-\d{2}-\d{4}$/

function isPhone(text: string): boolean {
  const digits = text.replace(/\D/g, '')
  return digits.length >= 9 && digits.length <= 15 && /[ ().+-]/.test(text) && !NO_PHONE.test(text)
}

/** How the numbers of the large issuers begin, and how long they are. */
const CARD = /^(?:4(?:\d{12}|\d{15}|\d{18})|5[1-5]\d{14}|2[2-7]\d{14}|3[47]\d{13}|3[068]\d{12}|6\d{15,18})$/

/** The number of an issuer that passes Luhn's check. */
function isCard(text: string): boolean {
  const number = text.replace(/\D/g, '')
  const digits = [...number].map(Number).toReversed()
  const sum = digits.reduce((total, digit, at) => {
    const worth = at % 2 === 1 ? digit * 2 : digit
    return total + (worth > 9 ? worth - 9 : worth)
  }, 0)
  return CARD.test(number) && sum % 10 === 0
}

/** The remainder by 97 must be 1. */
function isIban(text: string): boolean {
  const bare = text.replaceAll(' ', '')
  const digits = [...(bare.slice(4) + bare.slice(0, 4))].map((sign) => Number.parseInt(sign, 36)).join('')
  return bare.length >= 15 && BigInt(digits) % 97n === 1n
}

/** How a finding is shown. */
export type Redaction = 'mask' | 'tokenize' | 'partial'

/** The text without what was found; undefined when something found has no place of its own. */
export function redacted(text: string, findings: readonly Finding[], how: Redaction): string | undefined {
  if (findings.some(({ start, end }) => start === 0 && end === text.length)) return undefined
  const places = findings.toSorted((a, b) => a.start - b.start || b.end - a.end)
  const counts = new Map<string, number>()
  let shown = ''
  let at = 0
  for (const { kind, start, end } of places) {
    if (start < at) continue
    const name = kind.toUpperCase().replace(/\W+/g, '_')
    counts.set(name, (counts.get(name) ?? 0) + 1)
    const found = text.slice(start, end)
    const stand =
      how === 'mask'
        ? '*'.repeat(found.length)
        : how === 'tokenize'
          ? `[${name}_${counts.get(name)}]`
          : `${found.slice(0, 2)}${'*'.repeat(Math.max(1, found.length - 4))}${found.slice(-2)}`
    shown += text.slice(at, start) + stand
    at = end
  }
  return shown + text.slice(at)
}
