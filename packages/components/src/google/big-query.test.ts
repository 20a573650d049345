import { fakeGoogle, serviceAccountFile } from '@runnel/testing/fake-google'
import { runComponent } from '@runnel/testing/run-component'
import { describe, expect, test } from 'vitest'
import { bigQuery } from './big-query.ts'

const schema = {
  fields: [
    { name: 'id', type: 'INTEGER' },
    { name: 'big', type: 'INT64' },
    { name: 'price', type: 'NUMERIC' },
    { name: 'open', type: 'BOOLEAN' },
    { name: 'made', type: 'TIMESTAMP' },
    { name: 'tags', type: 'STRING', mode: 'REPEATED' },
    { name: 'who', type: 'RECORD', fields: [{ name: 'name', type: 'STRING' }] },
    { name: 'more', type: 'JSON' },
  ],
}
const row = (...values: readonly unknown[]) => ({ f: values.map((v) => ({ v })) })
const ada = row('1', '9007199254740993', '0.5', 'true', '1767322445.0', [{ v: 'a' }], row('Ada'), '{"x":1}')
const none = row('2', null, null, 'false', null, [], null, null)

interface Asked {
  readonly path: string
  readonly body: unknown
}
const run = (inputs: object, asked: Asked[] = [], json = serviceAccountFile) => {
  const files = { 'user-1/a.json': { name: 'a.json', mediaType: '', bytes: new TextEncoder().encode(json) } }
  const http = fakeGoogle(({ url, body }) => {
    asked.push({ path: url.pathname + url.search, body })
    const jobReference = { projectId: 'demo', jobId: 'job 1', location: 'EU' }
    if (body) return { jobComplete: false, jobReference }
    const page = url.searchParams.get('pageToken')
    const rows = page ? [none] : [ada]
    return { jobComplete: true, jobReference, schema, rows, ...(!page && { pageToken: 'next' }) }
  })
  const given = { service_account_json_file: ['user-1/a.json'], query: 'SELECT 1', ...inputs }
  return runComponent(bigQuery, given, { http, files })
}

test('waits for a job, turns its pages and gives values by the types of their columns', async () => {
  const asked: Asked[] = []
  expect((await run({}, asked)).query_results).toMatchObject({
    columns: ['id', 'big', 'price', 'open', 'made', 'tags', 'who', 'more'],
    rows: [
      {
        id: 1,
        big: '9007199254740993',
        price: 0.5,
        open: true,
        made: '2026-01-02T02:54:05.000Z',
        tags: ['a'],
        who: { name: 'Ada' },
        more: { x: 1 },
      },
      { id: 2, big: null, open: false, made: null, tags: [], who: null, more: null },
    ],
  })
  const results = '/bigquery/v2/projects/demo/queries/job%201?timeoutMs=10000&maxResults=10000&location=EU'
  expect(asked.map(({ path }) => path)).toEqual([
    '/bigquery/v2/projects/demo/queries',
    results,
    `${results}&pageToken=next`,
  ])
})

test.each([
  ['Here it is:\n```sql\nSELECT 1;\n```\nDone.', 'SELECT 1;'],
  ['Sure!\nselect `a b`\nfrom t;\nThat is all.', 'select `a b`\nfrom t;'],
  ['"SELECT 1"', 'SELECT 1'],
])('takes the statement out of %j', async (query, statement) => {
  const asked: Asked[] = []
  await run({ query, clean_query: true }, asked)
  expect(asked[0]?.body).toMatchObject({ query: statement, useLegacySql: false })
})

describe('says what is wrong', () => {
  test.each([
    [{ query: ' ' }, serviceAccountFile, 'No valid SQL query found in input text.'],
    [{}, '{}', 'Invalid JSON string for service account credentials'],
    [{}, JSON.stringify({ ...JSON.parse(serviceAccountFile), project_id: '' }), 'No project_id found'],
    [{ service_account_json_file: [] }, '', 'Choose the JSON file of a service account.'],
  ])('%j', async (inputs, json, why) => {
    await expect(run(inputs, [], json)).rejects.toThrow(why)
  })
})
