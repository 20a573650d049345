import { runComponent } from '@runnel/testing/run-component'
import { expect, test } from 'vitest'
import { idGenerator } from './id-generator.ts'

test('gives the id it is given', async () => {
  const { id } = await runComponent(idGenerator, { unique_id: 'mine' })
  expect(id).toMatchObject({ text: 'mine' })
})

test('gives a new one each time when it is given none', async () => {
  const [one, two] = [await runComponent(idGenerator), await runComponent(idGenerator)]
  expect(one.id).toMatchObject({ text: expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/) })
  expect(two.id).not.toMatchObject({ text: (one.id as { readonly text: string }).text })
})
