import type { FlowTestRecord, FlowTestRunHeader, FlowTestRunRecord } from './flow-test-records.ts'
import { createRowCodec, type Kinds } from './row-codec.ts'

// How tests of flows stand in their rows.

export const flowTestCodec = createRowCodec<FlowTestRecord>({
  id: 'plain',
  flowId: 'plain',
  userId: 'plain',
  name: 'plain',
  inputValue: 'plain',
  tweaks: 'json',
  checkKind: 'plain',
  expected: 'plain',
  ignoreCase: 'flag',
  judge: 'json',
  last: 'json',
  createdAt: 'plain',
  updatedAt: 'plain',
})

const headerKinds: Kinds<FlowTestRunHeader> = {
  id: 'plain',
  flowId: 'plain',
  userId: 'plain',
  target: 'plain',
  version: 'plain',
  isWhole: 'flag',
  status: 'plain',
  startedAt: 'plain',
  updatedAt: 'plain',
  endedAt: 'plain',
  total: 'plain',
  passed: 'plain',
  score: 'plain',
}

export const flowTestRunHeaderCodec = createRowCodec<FlowTestRunHeader>(headerKinds)

export const flowTestRunCodec = createRowCodec<FlowTestRunRecord>({ ...headerKinds, results: 'json' })
