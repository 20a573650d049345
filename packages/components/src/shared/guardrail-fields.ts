import { field, type InputsOf } from '@runnel/sdk'
import type { Decision, Thresholds } from './guardrail-decision.ts'
import type { RuleOptions } from './guardrail-rules.ts'

const hidden = { show: false, advanced: true } as const
const list = 'One to a line, or separated by commas.'

/** The fields of guardrails that work by rules. */
export const ruleFields = {
  direction: field.dropdown({
    label: 'Direction',
    info: 'Whether people wrote the text or a model did.',
    options: ['input', 'output'],
    default: 'input',
    ...hidden,
  }),
  scope_mode: field.dropdown({
    label: 'Scope',
    info: 'Whether texts are kept to topics: denylist refuses some, allowlist all others.',
    options: ['off', 'denylist', 'allowlist', 'both'],
    default: 'off',
    ...hidden,
  }),
  allowed_topics: field.multiline({ label: 'Allowed Topics', info: list, ...hidden }),
  blocked_topics: field.multiline({ label: 'Blocked Topics', info: list, ...hidden }),
  scope_refusal_message: field.multiline({
    label: 'Scope Refusal Message',
    info: 'What is said of a text out of scope.',
    ...hidden,
  }),
  block_threshold: field.slider({
    label: 'Block Threshold',
    info: 'From this score on a text is refused.',
    default: 0.75,
    min: 0,
    max: 1,
    step: 0.05,
    ...hidden,
  }),
  sanitize_threshold: field.slider({
    label: 'Sanitize Threshold',
    info: 'From this score on the medium risk action is taken.',
    default: 0.35,
    min: 0,
    max: 1,
    step: 0.05,
    ...hidden,
  }),
  medium_risk_action: field.dropdown({
    label: 'Medium Risk Action',
    info: 'What is done between the two thresholds.',
    options: ['sanitize', 'block', 'pass_through'],
    default: 'block',
    ...hidden,
  }),
  redaction_mode: field.dropdown({
    label: 'Redaction',
    info: 'What stands in place of what was found: stars, a name, or stars between its ends.',
    options: ['mask', 'tokenize', 'partial'],
    default: 'mask',
    ...hidden,
  }),
  llm_mode: field.dropdown({
    label: 'LLM Mode',
    info: 'When the model is asked besides: ambiguous means between the thresholds. env is the same as always.',
    options: ['env', 'ambiguous', 'always'],
    default: 'env',
    ...hidden,
  }),
  enterprise_orgs: field.multiline({ label: 'Organizations', info: `Names that stay inside. ${list}`, ...hidden }),
  enterprise_domains: field.multiline({ label: 'Domains', info: `Domains that stay inside. ${list}`, ...hidden }),
  internal_host_labels: field.multiline({
    label: 'Internal Hosts',
    info: `Hosts that stay inside. ${list}`,
    ...hidden,
  }),
  classification_markers: field.multiline({
    label: 'Classification Markers',
    info: `Marks of confidential texts. ${list}`,
    ...hidden,
  }),
  url_allowlist: field.multiline({ label: 'URL Allowlist', info: `Hosts that may be named. ${list}`, ...hidden }),
  custom_blocklist: field.multiline({ label: 'Blocklist', info: `Words no text may hold. ${list}`, ...hidden }),
  scan_encoded_payloads: field.bool({
    label: 'Scan Encoded Payloads',
    info: 'Look into Base64 as well.',
    default: true,
    ...hidden,
  }),
  fail_closed: field.bool({
    label: 'Fail Closed',
    info: 'Refuse what could not be checked completely.',
    default: true,
    ...hidden,
  }),
} as const

const entriesIn = (typed: string): readonly string[] =>
  typed
    .split(/[,\n]/)
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '')

/** What the fields say, as rules take it. */
export function rulesOf(given: InputsOf<typeof ruleFields>): {
  readonly thresholds: Thresholds
  readonly options: RuleOptions
  /** Whether a model is to be asked after rules have decided: never when they refuse. */
  readonly isModelWanted: (decision: Decision) => boolean
} {
  const { scope_mode } = given
  const confidential = [
    given.enterprise_orgs,
    given.enterprise_domains,
    given.internal_host_labels,
    given.classification_markers,
    given.custom_blocklist,
  ]
  return {
    thresholds: {
      block: given.block_threshold,
      sanitize: Math.min(given.sanitize_threshold, given.block_threshold),
      medium: given.medium_risk_action,
      redaction: given.redaction_mode,
    },
    options: {
      direction: given.direction,
      confidential: confidential.flatMap(entriesIn),
      allowedHosts: entriesIn(given.url_allowlist).map((host) => host.toLowerCase()),
      encoded: given.scan_encoded_payloads,
      scope: {
        allowed: scope_mode === 'allowlist' || scope_mode === 'both' ? entriesIn(given.allowed_topics) : undefined,
        blocked: scope_mode === 'denylist' || scope_mode === 'both' ? entriesIn(given.blocked_topics) : [],
      },
    },
    isModelWanted: ({ topScore }) =>
      topScore < given.block_threshold && (given.llm_mode !== 'ambiguous' || topScore >= given.sanitize_threshold),
  }
}
