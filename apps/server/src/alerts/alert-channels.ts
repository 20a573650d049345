import { createHmac } from 'node:crypto'
import type { AlertDelivery, AlertRecord } from '@runnel/storage/records'
import type { Seal } from '../auth/secrets.ts'
import type { HttpClient } from '../egress/http-client.ts'
import { type AlertNotice, letterOf, webhookBody } from './alert-notice.ts'
import type { Mailer } from './mailer.ts'

const TIMEOUT_MS = 10_000
const ERROR_LENGTH = 300
/** After a failed attempt, the next: minutes. After the last the channel is given up. */
const AGAIN_AFTER = [1, 5, 15, 60] as const

export interface ChannelOptions {
  readonly http: Pick<HttpClient, 'fetch'>
  readonly mailer: Mailer | undefined
  readonly seal: Pick<Seal, 'decrypt'>
}

/** The channels of an alert, untold. */
export const untold = ({ emails, webhookUrl }: Pick<AlertRecord, 'emails' | 'webhookUrl'>): readonly AlertDelivery[] =>
  [...(emails.length > 0 ? ['email' as const] : []), ...(webhookUrl === null ? [] : ['webhook' as const])].map(
    (channel) => ({ channel, state: 'waiting', attempts: 0, error: null }),
  )

/** When to try again, in epoch milliseconds; null when nobody waits any more. */
export function nextAttempt(deliveries: readonly AlertDelivery[], now: number): number | null {
  const waiting = deliveries.filter(({ state }) => state === 'waiting').map(({ attempts }) => attempts)
  const minutes = AGAIN_AFTER[Math.max(0, Math.min(...waiting) - 1)]
  return waiting.length === 0 || minutes === undefined ? null : now + minutes * 60_000
}

/** Tells the channels of an alert, by mail and by POST. */
export function createAlertChannels({ http, mailer, seal }: ChannelOptions) {
  const ways: Readonly<Record<AlertDelivery['channel'], (notice: AlertNotice, signal: AbortSignal) => Promise<void>>> =
    {
      async email(notice) {
        if (!mailer) throw new Error('This server is not set up to send e-mail.')
        if (notice.alert.emails.length === 0) throw new Error('The alert has no e-mail address any more.')
        await mailer({ to: notice.alert.emails, ...letterOf(notice) })
      },
      async webhook(notice, signal) {
        const { webhookUrl, webhookSecret } = notice.alert
        if (webhookUrl === null) throw new Error('The alert has no webhook any more.')
        const body = webhookBody(notice)
        const signature = webhookSecret && createHmac('sha256', seal.decrypt(webhookSecret)).update(body).digest('hex')
        const headers = {
          'content-type': 'application/json',
          'user-agent': 'Runnel',
          ...(signature && { 'x-runnel-signature': `sha256=${signature}` }),
        }
        const request = { method: 'POST', headers, body, timeoutMs: TIMEOUT_MS, maxBytes: 65_536, redirects: 0 }
        const { status } = await http.fetch(webhookUrl, request, signal)
        if (status < 200 || status > 299) throw new Error(`The webhook answered with status ${status}.`)
      },
    }

  /** One more attempt at each channel that waits. */
  return (notice: AlertNotice, deliveries: readonly AlertDelivery[], signal: AbortSignal) =>
    Promise.all(
      deliveries.map(async (delivery): Promise<AlertDelivery> => {
        if (delivery.state !== 'waiting') return delivery
        const { channel } = delivery
        const attempts = delivery.attempts + 1
        try {
          await ways[channel](notice, signal)
          return { channel, state: 'delivered', attempts, error: null }
        } catch (error) {
          // A stop of the server is no failure of the channel.
          if (signal.aborted) return delivery
          const why = (error instanceof Error ? error.message : String(error)).slice(0, ERROR_LENGTH)
          return { channel, state: attempts > AGAIN_AFTER.length ? 'failed' : 'waiting', attempts, error: why }
        }
      }),
    )
}

export type AlertChannels = ReturnType<typeof createAlertChannels>
