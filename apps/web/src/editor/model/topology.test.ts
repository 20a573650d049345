import { expect, test } from 'vitest'
import type { FlowDocument } from './flow-document.ts'
import { downstreamOf, involvedNodes, type RunPart, readingOrder, upstreamOf, WHOLE } from './topology.ts'

const flow = (ids: readonly string[], ...pairs: readonly (readonly [string, string])[]): FlowDocument => ({
  nodes: ids.map((id, index) => ({
    id,
    type: 'genericNode',
    position: { x: index, y: 0 },
    data: { id, type: id, node: { display_name: id, description: '', template: {} } },
  })),
  edges: pairs.map(([source, target]) => ({ id: `${source}${target}`, source, target })),
})

test('reads a flow in the order it runs', () => {
  const document = flow(
    ['end', 'left', 'right', 'start'],
    ['start', 'left'],
    ['start', 'right'],
    ['left', 'end'],
    ['right', 'end'],
  )
  expect(readingOrder(document)).toEqual(['start', 'left', 'right', 'end'])
})

test('puts what stands in a circle last, each once', () => {
  expect(readingOrder(flow(['a', 'b', 'c'], ['a', 'b'], ['b', 'a']))).toEqual(['c', 'a', 'b'])
})

test('finds everything a node depends on, through a circle too', () => {
  const document = flow(['a', 'b', 'c', 'd'], ['a', 'b'], ['b', 'c'], ['c', 'b'], ['d', 'a'])
  expect([...upstreamOf(document, 'b')].sort()).toEqual(['a', 'b', 'c', 'd'])
  expect([...upstreamOf(document, 'd')]).toEqual(['d'])
})

test('finds everything that depends on a node, through a circle too', () => {
  const document = flow(['a', 'b', 'c', 'd'], ['a', 'b'], ['b', 'c'], ['c', 'b'], ['d', 'a'])
  expect([...downstreamOf(document, 'b')].sort()).toEqual(['b', 'c'])
  expect([...downstreamOf(document, 'd')].sort()).toEqual(['a', 'b', 'c', 'd'])
})

test('a run from a node involves what follows, with what that needs besides; a run up to one what it needs', () => {
  const document = flow(['a', 'b', 'c', 'd', 'e'], ['a', 'b'], ['d', 'b'], ['b', 'c'], ['c', 'e'])
  const involved = (part: RunPart): string => [...(involvedNodes(document, part) ?? ['all'])].sort().join('')
  expect(involved({ startAt: 'a' })).toBe('abcde')
  expect(involved({ startAt: 'c' })).toBe('abcde')
  expect(involved({ stopAt: 'b' })).toBe('abd')
  expect(involved({ startAt: 'a', stopAt: 'c' })).toBe('abcd')
  expect(involved({})).toBe('all')
})

test('a lone chat input begins a run by itself, which leaves out what nothing joins to it', () => {
  const document = flow(['ChatInput', 'a', 'b', 'c', 'd'], ['ChatInput', 'b'], ['a', 'b'], ['c', 'd'])
  const involved = (given: FlowDocument, part: RunPart = {}): string =>
    [...(involvedNodes(given, part) ?? ['all'])].sort().join(' ')
  expect(involved(document)).toBe('ChatInput a b')
  expect(involved(document, WHOLE)).toBe('all')
  expect(involved(document, { stopAt: 'd' })).toBe('c d')
  // Whoever asks waits for an answer.
  expect(involved(flow(['ChatInput', 'a', 'ChatOutput'], ['ChatInput', 'a']))).toBe('all')
  expect(involved(flow(['ChatInput', 'a', 'ChatOutput'], ['ChatInput', 'ChatOutput']))).toBe('ChatInput ChatOutput')
  // One that is fed itself begins nothing.
  expect(involved(flow(['ChatInput', 'a', 'b'], ['a', 'ChatInput']))).toBe('all')
})
