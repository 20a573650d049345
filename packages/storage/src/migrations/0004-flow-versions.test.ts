import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openSqlite } from '../dialect/node-sqlite.ts'
import { migrate } from '../migrate.ts'
import { migrations as all } from '../migrations.ts'
import { openStorage } from '../open-storage.ts'
import { aFlow, aFlowVersion, anMcpServer, aUser, insertOldFlow } from '../test-records.ts'
import { createUserRepository } from '../user-repository.ts'

test('a database of the version before keeps versions of flows and MCP servers afterwards, and its flows', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'runnel-versions-'))
  try {
    const sqlitePath = join(folder, 'runnel.db')
    const before = await openSqlite(sqlitePath)
    const migrations = Object.fromEntries(Object.entries(all).filter(([name]) => name < '0004'))
    const current = (dialect: 'sqlite' | 'postgres') => Object.values(migrations).flatMap((step) => step(dialect))
    await migrate(before, { migrations, current })
    const user = await createUserRepository(before).add(aUser())
    const flow = aFlow(user.id)
    await insertOldFlow(flow).execute(before.db)
    await before.close()

    const storage = await openStorage({ sqlitePath })
    const version = await storage.flowVersions.add(aFlowVersion(flow), { keep: 5 })
    expect(await storage.flowVersions.find(user.id, flow.id, version.id)).toEqual(version)
    const server = await storage.mcpServers.add(anMcpServer(user.id))
    expect(await storage.mcpServers.list(user.id)).toEqual([server])
    expect(await storage.flows.find(user.id, flow.id)).toEqual(flow)
    await storage.close()
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})
