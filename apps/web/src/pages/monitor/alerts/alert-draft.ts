import type { AlertRead, AlertWrite } from '@runnel/protocol/alerts'

/** An alert as its form holds it. */
export interface AlertDraft {
  readonly name: string
  /** `all`, `flow:ID` or `project:ID`. */
  readonly scope: string
  readonly measure: AlertRead['measure']
  readonly threshold: string
  readonly window: AlertRead['window']
  readonly emails: readonly string[]
  readonly webhook: string
  /** Empty: it stays as it is. */
  readonly secret: string
}

export const EMPTY: AlertDraft = {
  name: '',
  scope: 'all',
  measure: 'error_rate',
  threshold: '10',
  window: '1h',
  emails: [],
  webhook: '',
  secret: '',
}

const scopeOf = ({ flow_id, project_id }: AlertRead): string =>
  flow_id !== null ? `flow:${flow_id}` : project_id !== null ? `project:${project_id}` : 'all'

export const draftOf = (alert: AlertRead): AlertDraft => ({
  name: alert.name,
  scope: scopeOf(alert),
  measure: alert.measure,
  threshold: String(alert.threshold),
  window: alert.window,
  emails: alert.emails,
  webhook: alert.webhook_url ?? '',
  secret: '',
})

const idIn = (scope: string, kind: string): string | null =>
  scope.startsWith(`${kind}:`) ? scope.slice(kind.length + 1) : null

/** What the server is sent. */
export const bodyOf = (draft: AlertDraft, enabled: boolean): AlertWrite => ({
  name: draft.name.trim(),
  flow_id: idIn(draft.scope, 'flow'),
  project_id: idIn(draft.scope, 'project'),
  measure: draft.measure,
  threshold: draft.measure === 'no_runs' ? 0 : Number(draft.threshold),
  window: draft.window,
  emails: [...draft.emails],
  webhook_url: draft.webhook.trim() || null,
  enabled,
  ...(draft.secret !== '' && { webhook_secret: draft.secret }),
})

/** Whether the server would take it. */
export function isComplete({ name, measure, threshold, emails, webhook, secret }: AlertDraft): boolean {
  const bound = Number(threshold)
  const isBounded = measure === 'no_runs' || (bound > 0 && (measure !== 'error_rate' || bound <= 100))
  const isTold = emails.length > 0 || /^https?:\/\/./.test(webhook.trim())
  return name.trim() !== '' && isBounded && isTold && (secret === '' || secret.length >= 16)
}
