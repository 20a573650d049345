import { isObject, type JsonObject } from '@runnel/protocol/json'
import { type Finding, type Redaction, redacted } from './guardrail-rules.ts'

export type Action = 'pass' | 'sanitize' | 'block' | 'pass_through'

/** From which score on something is done, and what. */
export interface Thresholds {
  readonly block: number
  readonly sanitize: number
  /** Between the two. */
  readonly medium: 'sanitize' | 'block' | 'pass_through'
  readonly redaction: Redaction
}

/** What a model thinks of a text, by category. */
export type Opinions = Readonly<Record<string, { readonly score: number; readonly reason: string }>>

export interface Decision {
  readonly action: Action
  /** The text that goes on. */
  readonly text: string
  readonly scores: Readonly<Record<string, number>>
  readonly topScore: number
  /** What was found, a sentence for each category. */
  readonly violations: readonly string[]
}

/** What becomes of a text in which this was found; a model can only make it look worse. */
export function decide(
  text: string,
  findings: readonly Finding[],
  opinions: Opinions,
  { block, sanitize, medium, redaction }: Thresholds,
): Decision {
  const categories = [...new Set([...findings.map(({ category }) => category), ...Object.keys(opinions)])]
  const scores = Object.fromEntries(
    categories.map((category) => [
      category,
      Math.max(
        0,
        opinions[category]?.score ?? 0,
        ...findings.filter((finding) => finding.category === category).map(({ score }) => score),
      ),
    ]),
  )
  const topScore = Math.max(0, ...Object.values(scores))
  const violations = categories
    .filter((category) => (scores[category] ?? 0) >= sanitize)
    .map((category) => {
      const kinds = [...new Set(findings.filter((one) => one.category === category).map(({ kind }) => kind))]
      return `${category}: ${[...kinds, opinions[category]?.reason].filter(Boolean).join(', ')}`
    })
  const rest = { scores, topScore, violations }
  if (topScore >= block) return { action: 'block', text, ...rest }
  if (topScore < sanitize) return { action: 'pass', text, ...rest }
  if (medium !== 'sanitize') return { action: medium, text, ...rest }
  const clean = redacted(
    text,
    findings.filter(({ score }) => score >= sanitize),
    redaction,
  )
  // What cannot be taken out is kept back.
  return clean === undefined || clean === text
    ? { action: 'block', text, ...rest }
    : { action: 'sanitize', text: clean, ...rest }
}

/** What a model answered about each category; undefined when it is no such answer. */
export function opinionsIn(answer: unknown, categories: readonly string[]): Opinions | undefined {
  if (!isObject(answer)) return undefined
  const said = categories.map((category): readonly [string, unknown] => [category, answer[category]])
  if (said.some(([, one]) => !isObject(one) || typeof one.detected !== 'boolean')) return undefined
  return Object.fromEntries(
    said
      // Every entry was found to be an object.
      .map(([category, one]) => [category, one as JsonObject] as const)
      .filter(([, { detected }]) => detected === true)
      .map(([category, { confidence, reason }]) => [
        category,
        {
          score: typeof confidence === 'number' ? Math.min(1, Math.max(0, confidence)) : 1,
          reason: typeof reason === 'string' ? reason.slice(0, 300) : '',
        },
      ]),
  )
}
