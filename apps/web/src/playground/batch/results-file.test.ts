import { expect, test } from 'vitest'
import type { BatchRow } from './batch.ts'
import { resultsFile } from './results-file.ts'

const table = { columns: ['question'], rows: [{ question: '你好' }, { question: 'a, b' }] }
const results: readonly BatchRow[] = [
  { status: 'done', outputs: { 'Chat Output': '=1+1' }, error: undefined, durationMs: 12.4 },
  { status: 'failed', outputs: {}, error: 'No key', durationMs: 1 },
]

test('a CSV has the columns of the file and those of the results; no cell is a formula', () => {
  expect(resultsFile(table, results, 'csv')).toBe(
    '\uFEFFquestion,status,Chat Output,error,duration_ms\r\n你好,done,\'=1+1,,12\r\n"a, b",failed,,No key,1\r\n',
  )
})

test('JSON Lines have an object for each row', () => {
  const lines = resultsFile(table, results, 'jsonl').trimEnd().split('\n')
  expect(lines.map((line) => JSON.parse(line))).toEqual([
    {
      input: { question: '你好' },
      status: 'done',
      outputs: { 'Chat Output': '=1+1' },
      error: null,
      duration_ms: 12,
    },
    { input: { question: 'a, b' }, status: 'failed', outputs: {}, error: 'No key', duration_ms: 1 },
  ])
})
