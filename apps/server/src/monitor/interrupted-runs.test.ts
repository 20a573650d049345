import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createClient } from '@runnel/client'
import { listRuns } from '@runnel/protocol/monitor'
import { listMessages } from '@runnel/protocol/monitor-messages'
import { readCurrentUser } from '@runnel/protocol/users'
import { aMessage, aRun } from '@runnel/storage/test-records'
import { expect, test } from 'vitest'
import { loadConfig } from '../config.ts'
import { startServer } from '../main.ts'
import { openStore } from '../open-store.ts'

test('runs a crash has cut off are failed after the next start, their last message partial', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'runnel-'))
  const config = loadConfig({ LANGFLOW_HOST: '127.0.0.1', LANGFLOW_PORT: '0', LANGFLOW_CONFIG_DIR: dataDir })
  const first = await startServer(config, { print: () => {} })
  const { id: userId } = await createClient({ baseUrl: first.address }).call(readCurrentUser, {})
  await first.stop()

  const storage = await openStore(config)
  const run = aRun(userId, 'flow', { status: 'running', endedAt: null })
  const said = aMessage(userId, { flow_id: 'flow', run_id: run.id, session_id: run.sessionId, text: 'so f' })
  await storage.runs.record({ run, messages: [said], steps: [] })
  await storage.close()

  const again = await startServer(config, { print: () => {} })
  const client = createClient({ baseUrl: again.address })
  const { runs } = await client.call(listRuns, {})
  expect(runs).toMatchObject([{ id: run.id, status: 'failed', error: 'interrupted', ended_at: expect.any(String) }])
  expect(await client.call(listMessages, {})).toMatchObject([
    { text: 'so f', error: true, properties: { state: 'partial' } },
  ])
  await again.stop()
  await rm(dataDir, { recursive: true, force: true })
})
