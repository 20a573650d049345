import { z } from 'zod'
import { alertMeasures, alertWindows } from './alert-terms.ts'
import { defineEndpoint } from './endpoint.ts'
import { exampleFlowId } from './examples.ts'
import { Uuid } from './identifiers.ts'

const Delivery = z.object({
  channel: z.enum(['email', 'webhook']),
  state: z.enum(['waiting', 'delivered', 'failed']),
  attempts: z.number().int(),
  error: z.string().nullable(),
})

const rule = {
  name: z.string().trim().min(1).max(100),
  measure: z.enum(alertMeasures),
  /** It fires when the value is at least this; of no meaning for `no_runs`. */
  threshold: z.number().min(0).max(1_000_000_000).default(0),
  /** The time looked back over. */
  window: z.enum(alertWindows),
  emails: z.array(z.email().max(320)).max(10).default([]),
  enabled: z.boolean().default(true),
}

export const AlertWrite = z.object({
  ...rule,
  /** The runs of one flow or of the flows of one project; without either all of yours. */
  flow_id: Uuid.nullable().default(null),
  project_id: Uuid.nullable().default(null),
  webhook_url: z
    .url({ protocol: /^https?$/ })
    .max(2000)
    .nullable()
    .default(null),
  /** Signs what is sent to the webhook; left out, it stays as it is, and null removes it. */
  webhook_secret: z.string().min(16).max(200).nullish(),
})
export type AlertWrite = z.output<typeof AlertWrite>

export const AlertRead = z.object({
  id: z.string(),
  ...rule,
  threshold: z.number(),
  emails: z.array(z.string()),
  enabled: z.boolean(),
  flow_id: z.string().nullable(),
  project_id: z.string().nullable(),
  webhook_url: z.string().nullable(),
  has_webhook_secret: z.boolean(),
  state: z.enum(['ok', 'firing']),
  /** When it came into this state; null when it never changed. */
  since: z.string().nullable(),
  /** What was found at the last look; null when there was nothing to measure. */
  value: z.number().nullable(),
  checked_at: z.string().nullable(),
})
export type AlertRead = z.output<typeof AlertRead>

export const AlertEventRead = z.object({
  id: z.string(),
  alert_id: z.string(),
  at: z.string(),
  kind: z.enum(['fired', 'recovered']),
  value: z.number().nullable(),
  deliveries: z.array(Delivery),
})
export type AlertEventRead = z.output<typeof AlertEventRead>

const common = { tag: 'Monitor', access: 'user' } as const
const params = z.object({ alert_id: Uuid })
const path = '/api/v1/monitor/alerts'
const missing = { 404: 'Alert not found' }

const exampleBody = {
  name: 'Support fails',
  measure: 'error_rate',
  threshold: 10,
  window: '1h',
  emails: ['ada@example.com'],
  enabled: true,
  flow_id: exampleFlowId,
  project_id: null,
  webhook_url: 'https://example.com/alerts',
}
const exampleAlert = {
  id: '01ce083d-7493-75ba-aeb9-abc382eb6bf9',
  ...exampleBody,
  has_webhook_secret: true,
  state: 'firing',
  since: '2026-01-05T17:59:00.000000Z',
  value: 12.5,
  checked_at: '2026-01-05T17:59:00.000000Z',
}

export const listAlerts = defineEndpoint({
  ...common,
  method: 'GET',
  path,
  summary: 'Your alerts, what came of them last, and whether the server can send e-mail',
  response: z.object({
    alerts: z.array(AlertRead),
    /** The newest first. */
    events: z.array(AlertEventRead),
    can_email: z.boolean(),
  }),
  examples: { response: { alerts: [exampleAlert], events: [], can_email: true } },
})

export const createAlert = defineEndpoint({
  ...common,
  audit: 'alert.create',
  method: 'POST',
  path,
  summary: 'Be told when runs fail too often, take too long, cost too much, or do not come',
  body: AlertWrite,
  status: 201,
  response: AlertRead,
  examples: { body: { ...exampleBody, webhook_secret: 'at least 16 letters' }, response: exampleAlert },
})

export const replaceAlert = defineEndpoint({
  ...common,
  audit: 'alert.update',
  method: 'PUT',
  path: `${path}/:alert_id`,
  summary: 'Change an alert; what it watches is looked at anew',
  params,
  body: AlertWrite,
  response: AlertRead,
  examples: { body: exampleBody, response: exampleAlert },
  errors: missing,
})

export const deleteAlert = defineEndpoint({
  ...common,
  audit: 'alert.delete',
  method: 'DELETE',
  path: `${path}/:alert_id`,
  summary: 'Remove an alert with its events',
  params,
  status: 204,
  response: z.undefined(),
  errors: missing,
})

export const testAlert = defineEndpoint({
  ...common,
  method: 'POST',
  path: `${path}/:alert_id/test`,
  summary: 'Send a sample to each channel of an alert, once, and say how it went',
  params,
  response: z.object({ deliveries: z.array(Delivery) }),
  examples: { response: { deliveries: [{ channel: 'webhook', state: 'delivered', attempts: 1, error: null }] } },
  errors: missing,
})
