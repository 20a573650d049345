import type { AlertEventRead, AlertRead, AlertWrite } from '@runnel/protocol/alerts'
import { AppError } from '@runnel/protocol/errors'
import { newId } from '@runnel/protocol/id'
import type { Storage } from '@runnel/storage/open-storage'
import type { AlertDelivery, AlertEventRecord, AlertRecord } from '@runnel/storage/records'
import type { Seal } from '../auth/secrets.ts'
import { zoned } from '../monitor/step-wire.ts'
import { type AlertChannels, untold } from './alert-channels.ts'
import { scopeName } from './scope-name.ts'

/** Alerts one user may have: each is looked at every minute. */
const MOST = 100
const EVENTS_SHOWN = 50

export interface AlertServiceOptions {
  readonly storage: Pick<Storage, 'alerts' | 'flows' | 'projects'>
  readonly channels: AlertChannels
  readonly seal: Pick<Seal, 'encrypt'>
  readonly now: () => number
}

/** The alerts of users: what the page of alerts asks for. */
export function createAlertService({ storage, channels, seal, now }: AlertServiceOptions) {
  const { alerts, flows, projects } = storage

  async function found(userId: string, id: string): Promise<AlertRecord> {
    const alert = await alerts.find(userId, id)
    if (!alert) throw new AppError('alert_not_found')
    return alert
  }

  /** @throws AppError when it watches nothing of the user's, has nobody to tell, or a bound it cannot keep */
  async function checked(userId: string, body: AlertWrite): Promise<void> {
    const refuse = (why: string) => new AppError('invalid_field', [why])
    if (body.flow_id !== null && body.project_id !== null) throw refuse('Name a flow or a project, not both')
    if (body.flow_id !== null && !(await flows.find(userId, body.flow_id)))
      throw new AppError('flow_not_found', [body.flow_id])
    if (body.project_id !== null && !(await projects.find(userId, body.project_id))) {
      throw new AppError('project_not_found')
    }
    if (body.emails.length === 0 && body.webhook_url === null) throw refuse('Name an e-mail address or a webhook')
    if (body.measure !== 'no_runs' && body.threshold <= 0) throw refuse('The threshold must be above 0')
    if (body.measure === 'error_rate' && body.threshold > 100) throw refuse('An error rate is 100 percent at most')
  }

  const fieldsOf = (body: AlertWrite, secret: string | null) => ({
    flowId: body.flow_id,
    projectId: body.project_id,
    name: body.name,
    measure: body.measure,
    threshold: body.measure === 'no_runs' ? 0 : body.threshold,
    period: body.window,
    emails: body.emails,
    webhookUrl: body.webhook_url,
    webhookSecret: secretOf(body, secret),
    isOn: body.enabled,
  })

  const secretOf = ({ webhook_url, webhook_secret }: AlertWrite, secret: string | null): string | null => {
    if (webhook_url === null || webhook_secret === null) return null
    return webhook_secret === undefined ? secret : seal.encrypt(webhook_secret)
  }

  return {
    async list(userId: string) {
      const [own, events] = [await alerts.list(userId), await alerts.events(userId, EVENTS_SHOWN)]
      return { alerts: own.map(toAlertRead), events: events.map(toEventRead) }
    },

    async add(userId: string, body: AlertWrite): Promise<AlertRead> {
      await checked(userId, body)
      if ((await alerts.list(userId)).length >= MOST) {
        throw new AppError('invalid_field', [`There are ${MOST} alerts already. Remove one first.`])
      }
      const at = now()
      const fresh = { state: 'ok', since: null, value: null, checkedAt: null, createdAt: at, updatedAt: at } as const
      return toAlertRead(await alerts.add({ id: newId(), userId, ...fieldsOf(body, null), ...fresh }))
    },

    /** What it watches begins anew: a state found by other rules tells nothing of these. */
    async replace(userId: string, id: string, body: AlertWrite): Promise<AlertRead> {
      const before = await found(userId, id)
      await checked(userId, body)
      const fields = fieldsOf(body, before.webhookSecret)
      const isSame = watchedBy(fields) === watchedBy(before)
      const state = isSame ? {} : ({ state: 'ok', since: null, value: null, checkedAt: null } as const)
      const after = { ...before, ...fields, ...state, updatedAt: Math.max(now(), before.updatedAt + 1) }
      if (!(await alerts.replace(after))) throw new AppError('alert_not_found')
      return toAlertRead(after)
    },

    async remove(userId: string, id: string): Promise<void> {
      if (!(await alerts.remove(userId, id))) throw new AppError('alert_not_found')
    },

    /** Sends a sample to each channel, once. */
    async test(userId: string, id: string, signal: AbortSignal): Promise<readonly AlertDelivery[]> {
      const alert = await found(userId, id)
      const scope = await scopeName(storage, alert)
      const notice = { id: newId(), kind: 'test', at: now(), value: alert.value, alert, scope } as const
      const told = await channels(notice, untold(alert), signal)
      return told.map((delivery) => (delivery.state === 'waiting' ? { ...delivery, state: 'failed' } : delivery))
    },
  }
}

export type AlertService = ReturnType<typeof createAlertService>

type Watched = Pick<AlertRecord, 'flowId' | 'projectId' | 'measure' | 'threshold' | 'period' | 'isOn'>

/** What an alert's state is about. */
const watchedBy = ({ flowId, projectId, measure, threshold, period, isOn }: Watched) =>
  JSON.stringify([flowId, projectId, measure, threshold, period, isOn])

const moment = (time: number | null): string | null => (time === null ? null : zoned(time))

const toAlertRead = (alert: AlertRecord): AlertRead => ({
  id: alert.id,
  name: alert.name,
  measure: alert.measure,
  threshold: alert.threshold,
  window: alert.period,
  emails: [...alert.emails],
  enabled: alert.isOn,
  flow_id: alert.flowId,
  project_id: alert.projectId,
  webhook_url: alert.webhookUrl,
  has_webhook_secret: alert.webhookSecret !== null,
  state: alert.state,
  since: moment(alert.since),
  value: alert.value,
  checked_at: moment(alert.checkedAt),
})

const toEventRead = (event: AlertEventRecord): AlertEventRead => ({
  id: event.id,
  alert_id: event.alertId,
  at: zoned(event.at),
  kind: event.kind,
  value: event.value,
  deliveries: [...event.deliveries],
})
