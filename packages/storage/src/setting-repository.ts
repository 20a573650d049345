import type { Engine } from './dialect/engine.ts'

/** What the installation itself remembers, by key. */
export function createSettingRepository({ db }: Pick<Engine, 'db'>) {
  return {
    async get(key: string): Promise<string | undefined> {
      const row = await db.selectFrom('setting').select('value').where('key', '=', key).executeTakeFirst()
      return row?.value
    },

    async set(key: string, value: string): Promise<void> {
      const insert = db.insertInto('setting').values({ key, value })
      await insert.onConflict((conflict) => conflict.column('key').doUpdateSet({ value })).execute()
    },

    /** Sets the value unless there is one, and answers the one that holds: the same for all who ask at once. */
    async setOnce(key: string, value: string): Promise<string> {
      const insert = db.insertInto('setting').values({ key, value })
      await insert.onConflict((conflict) => conflict.column('key').doNothing()).execute()
      return (await this.get(key)) ?? value
    },

    async remove(key: string): Promise<void> {
      await db.deleteFrom('setting').where('key', '=', key).execute()
    },
  }
}

export type SettingRepository = ReturnType<typeof createSettingRepository>
