import type { DatabasesPort } from '@runnel/sdk'
import { message } from '@runnel/sdk'
import { fakeModel } from '@runnel/testing/fake-model'
import { runComponent } from '@runnel/testing/run-component'
import { expect, test } from 'vitest'
import { sqlGenerator } from './sql-generator.ts'

const databases: DatabasesPort = {
  async query(_url, statement) {
    const rows = /sqlite_master/.test(statement)
      ? [{ name: 'plan' }]
      : /pragma/.test(statement)
        ? [{ name: 'price', type: 'REAL' }]
        : [{ price: 9.5 }]
    return { columns: Object.keys(rows[0] ?? {}), rows, isCut: false }
  },
}
const db = { kind: 'sql-database', url: 'sqlite:///shop.db' }
const asked = (inputs: Readonly<Record<string, unknown>>) =>
  runComponent(sqlGenerator, { input_value: message('How dear?'), db, ...inputs }, { databases })

test.each(['select price from plan', '```sql\nselect price from plan\n```', 'SQLQuery: select price from plan'])(
  'gives the query in %j',
  async (answer) => {
    const llm = fakeModel(answer)
    expect((await asked({ llm })).text).toMatchObject({ text: 'select price from plan' })
    const [turn] = llm.requests[0]?.messages ?? []
    const told = JSON.stringify(turn)
    for (const part of ['How dear?', 'CREATE TABLE', 'price', '9.5', 'limit the query to 5 rows']) {
      expect(told).toContain(part)
    }
  },
)

test('asks with the prompt of the node, which names the question', async () => {
  const llm = fakeModel('select 1')
  await asked({ llm, prompt: 'Q: {question} of {top_k}', top_k: 3 })
  expect(llm.requests[0]?.messages).toEqual([{ role: 'user', content: [{ type: 'text', text: 'Q: How dear? of 3' }] }])
  await expect(asked({ llm, prompt: 'Write SQL.' })).rejects.toThrow('Prompt must contain `{question}`')
  await expect(asked({ llm, top_k: 0 })).rejects.toThrow('Top K must be greater than 0.')
})
