import type { Engine } from './dialect/engine.ts'

export interface LeaseClaim {
  /** The work that only one may do. */
  readonly name: string
  /** Who claims it; unique to a process. */
  readonly holder: string
  /** Epoch milliseconds. */
  readonly now: number
  readonly forMs: number
}

/** Work that one process alone may do, of all that share a database. */
export function createLeaseRepository({ db }: Pick<Engine, 'db'>) {
  return {
    /** Takes or renews it; answers whether it is the holder's now. One that was not renewed in time is free. */
    async take({ name, holder, now, forMs }: LeaseClaim): Promise<boolean> {
      const until = now + forMs
      const rows = await db
        .insertInto('lease')
        .values({ name, holder, until })
        .onConflict((conflict) =>
          conflict
            .column('name')
            .doUpdateSet({ holder, until })
            .where((eb) => eb.or([eb('lease.until', '<=', now), eb('lease.holder', '=', holder)])),
        )
        .returning('name')
        .execute()
      return rows.length > 0
    },

    /** Frees it, if it is the holder's. */
    async release({ name, holder }: Pick<LeaseClaim, 'name' | 'holder'>): Promise<void> {
      await db.deleteFrom('lease').where('name', '=', name).where('holder', '=', holder).execute()
    },
  }
}

export type LeaseRepository = ReturnType<typeof createLeaseRepository>
