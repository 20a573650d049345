import type { Engine } from './dialect/engine.ts'
import type { AlertDelivery, AlertEventRecord, AlertRecord } from './records.ts'
import { alertCodec, alertEventCodec } from './row-codecs.ts'

/** What a look at the runs found. */
export type AlertFinding = Pick<AlertRecord, 'state' | 'since' | 'value' | 'checkedAt'>

/** Alerts of users and what came of them. Another user's alert is simply not found. */
export function createAlertRepository({ db }: Pick<Engine, 'db'>) {
  return {
    async add(alert: AlertRecord): Promise<AlertRecord> {
      await db.insertInto('alert').values(alertCodec.encode(alert)).execute()
      return alert
    },

    async find(userId: string, id: string): Promise<AlertRecord | undefined> {
      const own = db.selectFrom('alert').selectAll().where('user_id', '=', userId)
      const row = await own.where('id', '=', id).executeTakeFirst()
      return row && alertCodec.decode(row)
    },

    /** Oldest first. */
    async list(userId: string): Promise<readonly AlertRecord[]> {
      const own = db.selectFrom('alert').selectAll().where('user_id', '=', userId)
      const rows = await own.orderBy('created_at').orderBy('id').execute()
      return rows.map((row) => alertCodec.decode(row))
    },

    /** Puts the alert in place of its older self; answers whether there was one. */
    async replace(alert: AlertRecord): Promise<boolean> {
      const { id, user_id, ...values } = alertCodec.encode(alert)
      const changed = await db
        .updateTable('alert')
        .set(values)
        .where('user_id', '=', user_id)
        .where('id', '=', id)
        .returning('id')
        .execute()
      return changed.length > 0
    },

    /** Removes it with its events; answers whether there was one. */
    async remove(userId: string, id: string): Promise<boolean> {
      const own = db.deleteFrom('alert').where('user_id', '=', userId)
      return (await own.where('id', '=', id).returning('id').execute()).length > 0
    },

    /** Those of every user that are on. */
    async listOn(): Promise<readonly AlertRecord[]> {
      const rows = await db.selectFrom('alert').selectAll().where('is_on', '=', 1).orderBy('id').execute()
      return rows.map((row) => alertCodec.decode(row))
    },

    /**
     * Keeps what was found about an alert and the event it led to, both or neither. Answers false, and keeps nothing,
     * when the alert was changed or found in another state meanwhile.
     */
    settle: (alert: AlertRecord, finding: AlertFinding, event?: AlertEventRecord): Promise<boolean> =>
      db.transaction().execute(async (transaction) => {
        const settled = await transaction
          .updateTable('alert')
          .set(alertCodec.encodePart({ state: finding.state }))
          .set({ since: finding.since, value: finding.value, checked_at: finding.checkedAt })
          .where('id', '=', alert.id)
          .where('updated_at', '=', alert.updatedAt)
          .where('state', '=', alert.state)
          .where('is_on', '=', 1)
          .returning('id')
          .execute()
        if (settled.length === 0) return false
        if (event) await transaction.insertInto('alert_event').values(alertEventCodec.encode(event)).execute()
        return true
      }),

    /** The newest first. */
    async events(userId: string, limit: number): Promise<readonly AlertEventRecord[]> {
      const own = db.selectFrom('alert_event').selectAll().where('user_id', '=', userId)
      const rows = await own.orderBy('at', 'desc').orderBy('id', 'desc').limit(limit).execute()
      return rows.map((row) => alertEventCodec.decode(row))
    },

    /** Events that somebody still waits to be told of, each with its alert; the longest due first. */
    async due(
      now: number,
      limit: number,
    ): Promise<readonly { readonly event: AlertEventRecord; readonly alert: AlertRecord }[]> {
      const waiting = db.selectFrom('alert_event').selectAll().where('due_at', '<=', now)
      const events = (await waiting.orderBy('due_at').limit(limit).execute()).map((row) => alertEventCodec.decode(row))
      if (events.length === 0) return []
      const ids = events.map(({ alertId }) => alertId)
      const rows = await db.selectFrom('alert').selectAll().where('id', 'in', ids).execute()
      const alerts = new Map(rows.map((row) => [row.id, alertCodec.decode(row)]))
      return events.flatMap((event) => {
        const alert = alerts.get(event.alertId)
        return alert ? [{ event, alert }] : []
      })
    },

    /** Keeps how telling of an event went; `dueAt` is when to try again, null for not any more. */
    async told(id: string, deliveries: readonly AlertDelivery[], dueAt: number | null): Promise<void> {
      const told = alertEventCodec.encodePart({ deliveries })
      await db
        .updateTable('alert_event')
        .set({ ...told, due_at: dueAt })
        .where('id', '=', id)
        .execute()
    },

    /** Forgets events before this moment. */
    async forgetEvents(before: number): Promise<void> {
      await db.deleteFrom('alert_event').where('at', '<', before).where('due_at', 'is', null).execute()
    },
  }
}

export type AlertRepository = ReturnType<typeof createAlertRepository>
