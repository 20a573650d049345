import { expect, test } from 'vitest'
import { detailAt } from './detail.ts'

test('fields are bars below half the size, and nodes cards below three tenths', () => {
  const zooms = [2, 1, 0.5, 0.49, 0.3, 0.29, 0.1]
  expect(zooms.map(detailAt)).toEqual(['full', 'full', 'full', 'bars', 'bars', 'card', 'card'])
})
