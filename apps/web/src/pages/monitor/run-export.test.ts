import type { RunRead } from '@runnel/protocol/monitor'
import { expect, test } from 'vitest'
import { runsCsv } from './run-export.ts'

test('runs are lines of a table other programs read', () => {
  const run: RunRead = {
    id: 'r1',
    flow_id: 'f1',
    session_id: 's, 1',
    kind: 'run',
    status: 'failed',
    started_at: '2026-01-05T17:59:07.855000Z',
    ended_at: '2026-01-05T17:59:08.105000Z',
    duration_ms: 250,
    attempts: 1,
    error: 'No "key"',
    error_code: null,
    failed_component: null,
    token_usage: { input_tokens: 3, output_tokens: 4, total_tokens: 7 },
    cost: 0.25,
    unpriced_tokens: 0,
    input: 'Hello',
    output: null,
    key_id: null,
    started_by: null,
    published_version: 2,
    has_graph: true,
    is_private: false,
  }
  expect(runsCsv([run]).split('\r\n')).toEqual([
    '\uFEFFid,flow_id,session_id,kind,status,started_at,duration_ms,input_tokens,output_tokens,cost,failed_component,error,input,output,key_id,published_version',
    'r1,f1,"s, 1",run,failed,2026-01-05T17:59:07.855000Z,250,3,4,0.25,,"No ""key""",Hello,,,2',
    '',
  ])
})
