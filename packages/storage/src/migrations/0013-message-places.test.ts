import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { openSqlite } from '../dialect/node-sqlite.ts'
import { migrate } from '../migrate.ts'
import { migrations as all } from '../migrations.ts'
import { openStorage } from '../open-storage.ts'
import { aUser } from '../test-records.ts'
import { createUserRepository } from '../user-repository.ts'

test('messages of the version before are found afterwards, by flow and by session, each through its index', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'runnel-places-'))
  try {
    const sqlitePath = join(folder, 'runnel.db')
    const before = await openSqlite(sqlitePath)
    const migrations = Object.fromEntries(Object.entries(all).filter(([name]) => name < '0013'))
    const current = (dialect: 'sqlite' | 'postgres') => Object.values(migrations).flatMap((step) => step(dialect))
    await migrate(before, { migrations, current })
    const user = await createUserRepository(before).add(aUser())
    const rows = [
      ['a', 'f', 's', 1],
      ['b', 'f', 't', 2],
      ['c', 'g', 's', 3],
    ]
    for (const [id, flow, session, time] of rows) {
      await sql
        .raw(
          `insert into message (id, flow_id, user_id, session_id, context_id, timestamp, sender, sender_name, error,
             edit, category, text, files, properties, content_blocks)
           values ('${id}', '${flow}', '${user.id}', '${session}', '', ${time}, 'User', 'User', 0, 0, 'message',
             '${id}', '[]', '{}', '[]')`,
        )
        .execute(before.db)
    }
    await before.close()

    const { messages, ...storage } = await openStorage({ sqlitePath })
    const textsOf = async (where: { flowId?: string; sessionId?: string }) =>
      (await messages.find({ userId: user.id, ...where })).map(({ text }) => text)
    expect(await textsOf({ flowId: 'f' })).toEqual(['a', 'b'])
    expect(await textsOf({ sessionId: 's' })).toEqual(['a', 'c'])
    expect(await textsOf({ flowId: 'f', sessionId: 's' })).toEqual(['a'])
    expect(await messages.sessions({ userId: user.id, flowId: 'f' })).toEqual(['t', 's'])
    await storage.close()

    const after = await openSqlite(sqlitePath)
    const planOf = async (query: string) => {
      const { rows } = await sql<{ detail: string }>`explain query plan ${sql.raw(query)}`.execute(after.db)
      return rows.map(({ detail }) => detail).join()
    }
    const newest = 'order by timestamp desc, id desc limit 1'
    const inSession = `select text from message where user_id = 'x' and session_id = 'y'`
    for (const more of ['', `and coalesce(flow_id, '') = 'z'`])
      expect(await planOf(`${inSession} ${more} ${newest}`)).toMatch(/^SEARCH \w+ USING INDEX message_user [^,]*$/)
    const inFlow = `from message where flow_id = 'x' and user_id = 'y'`
    expect(await planOf(`select text ${inFlow} ${newest}`)).toMatch(/^SEARCH \w+ USING INDEX message_flow [^,]*$/)
    expect(await planOf(`select session_id, timestamp, id ${inFlow} and (timestamp, id) < (1, 'm') ${newest}`)).toMatch(
      /^SEARCH \w+ USING COVERING INDEX message_flow/,
    )
    await after.close()
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})
