import { expect, test } from 'vitest'
import { createSharedTurn } from './shared-turn.ts'

test('those who ask in one turn go on side by side, later ones in a turn of their own', async () => {
  const turn = createSharedTurn()
  const steps: string[] = []
  const walk = async (name: string) => {
    await turn()
    steps.push(`${name}1`)
    await Promise.resolve()
    steps.push(`${name}2`)
  }
  await Promise.all([walk('a'), walk('b')])
  expect(steps).toEqual(['a1', 'b1', 'a2', 'b2'])
  await walk('c')
  expect(steps.slice(4)).toEqual(['c1', 'c2'])
})
