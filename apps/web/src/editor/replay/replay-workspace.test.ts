import { expect, test } from 'vitest'
import { readDocument } from '../model/flow-document.ts'
import { createFlowRunner, type RunRequest } from '../run/flow-runner.ts'
import { runsAsNow } from './replay-workspace.ts'

test('what is run beside a past run is the flow as it is now', async () => {
  const now = readDocument({ nodes: [], edges: [], viewport: { x: 1, y: 2, zoom: 1 } })
  const then = readDocument({ nodes: [], edges: [], viewport: { x: 3, y: 4, zoom: 1 } })
  const asked: RunRequest[] = []
  const runner = {
    ...createFlowRunner('f'),
    run: async (request: RunRequest) => {
      asked.push(request)
      return { kind: 'done' } as const
    },
  }
  await runsAsNow(runner, { getDocument: () => now }).run({ document: then, version: 2 })
  expect(asked).toEqual([{ document: now, version: 2 }])
})
