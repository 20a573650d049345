import { newId } from '@runnel/protocol/id'
import type { Storage } from '@runnel/storage/open-storage'
import type { AlertRecord } from '@runnel/storage/records'
import type { Log } from '../log.ts'
import { type AlertChannels, nextAttempt, untold } from './alert-channels.ts'
import { judge, windowMs } from './alert-rule.ts'
import { scopeName } from './scope-name.ts'

const EVERY_MS = 60_000
/** Renewed at each look; when its holder dies, another process goes on after this time. */
const LEASE_MS = 3 * EVERY_MS
const LEASE = 'alerts'
const EVENT_DAYS = 90
const DAY_MS = 86_400_000
/** Told at the same time, each within some ten seconds: well inside a lease. */
const TOLD_AT_ONCE = 8

export interface AlertWatchOptions {
  readonly storage: Pick<Storage, 'alerts' | 'flows' | 'projects' | 'leases' | 'runFigures'>
  readonly channels: AlertChannels
  readonly log: Pick<Log, 'error'>
  /** Epoch milliseconds. */
  readonly now: () => number
}

export interface AlertWatch {
  /** Looks at every alert and tells whom it concerns; of all processes with this database one does, the others nothing. */
  look(): Promise<void>
  /** Looks once a minute from now on; does not keep the process alive. */
  start(): void
  /** Resolves when nothing is looked at any more and another process may go on. */
  stop(): Promise<void>
}

/** Watches the runs that alerts are about. */
export function createAlertWatch({ storage, channels, log, now }: AlertWatchOptions): AlertWatch {
  const { alerts, leases, runFigures } = storage
  const holder = newId()
  const abort = new AbortController()
  let timer: NodeJS.Timeout | undefined
  let looking: Promise<void> | undefined
  const isOurs = () => leases.take({ name: LEASE, holder, now: now(), forMs: LEASE_MS })

  async function examine(alert: AlertRecord): Promise<void> {
    const at = now()
    const figures = await runFigures({ ...alert, since: at - windowMs[alert.period] })
    const { finding, change } = judge(alert, figures, at)
    if (change === undefined) {
      await alerts.settle(alert, finding)
      return
    }
    const { id: alertId, userId } = alert
    const event = { id: newId(), alertId, userId, at, kind: change, value: finding.value } as const
    await alerts.settle(alert, finding, { ...event, deliveries: untold(alert), dueAt: at })
  }

  async function tell({ event, alert }: Awaited<ReturnType<typeof alerts.due>>[number]): Promise<void> {
    const { id, kind, at, value } = event
    const notice = { id, kind, at, value, alert, scope: await scopeName(storage, alert) }
    const told = await channels(notice, event.deliveries, abort.signal)
    if (!abort.signal.aborted) await alerts.told(id, told, nextAttempt(told, now()))
  }

  async function look(): Promise<void> {
    if (!(await isOurs())) return
    for (const alert of await alerts.listOn()) {
      if (abort.signal.aborted || !(await isOurs())) return
      await examine(alert).catch((error) => log.error('an alert could not be examined', { alertId: alert.id, error }))
    }
    for (;;) {
      if (abort.signal.aborted || !(await isOurs())) return
      const due = await alerts.due(now(), TOLD_AT_ONCE)
      if (due.length === 0) break
      await Promise.all(due.map(tell))
    }
    await alerts.forgetEvents(now() - EVENT_DAYS * DAY_MS)
  }

  return {
    look,
    start() {
      timer = setInterval(() => {
        looking ??= look()
          .catch((error) => log.error('alerts could not be examined', { error }))
          .finally(() => {
            looking = undefined
          })
      }, EVERY_MS)
      timer.unref()
    },
    async stop() {
      clearInterval(timer)
      abort.abort()
      await looking
      // A store that is gone does not keep the server from ending: the lease ends by itself.
      await leases
        .release({ name: LEASE, holder })
        .catch((error) => log.error('the watch over alerts could not be handed over', { error }))
    },
  }
}
