import { expect, test } from 'vitest'
import { parseViews, storedView, storeView, withView } from './stored-views.ts'

const view = { x: 1, y: 2, zoom: 0.5 }

test('the view of a flow takes the place of its older one', () => {
  const views = withView(withView(withView([], 'a', { ...view, x: 9 }), 'b', view), 'a', view)
  expect(views).toEqual([
    ['a', view],
    ['b', view],
  ])
})

test('of a hundred flows the view is kept', () => {
  let views = parseViews(null)
  for (let flow = 0; flow < 120; flow++) views = withView(views, `flow-${flow}`, view)
  expect([views.length, views[0]?.[0], views.at(-1)?.[0]]).toEqual([100, 'flow-119', 'flow-20'])
})

test('what is no view is passed over', () => {
  expect(parseViews('not json')).toEqual([])
  expect(parseViews(JSON.stringify([['a', { x: 1 }], ['b', view], 3]))).toEqual([['b', view]])
})

test('each user of a browser finds a flow as he left it himself', () => {
  const kept = new Map<string, string>()
  const shelf = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  }
  storeView('ada', 'a', view, shelf)
  storeView('bob', 'a', { ...view, zoom: 1 }, shelf)
  expect(['ada', 'bob', 'eve'].map((user) => storedView(user, 'a', shelf)?.zoom)).toEqual([0.5, 1, undefined])
})
