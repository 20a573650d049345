import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { openVectorDatabase, type VectorDatabase } from './vector-database.ts'
import type { NewChunk } from './vector-records.ts'

const folder = mkdtempSync(join(tmpdir(), 'runnel-vectors-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const chunk = (text: string, vector: readonly number[], metadata: NewChunk['metadata'] = {}): NewChunk => ({
  key: text,
  text,
  metadata,
  vector,
})
const chunks = [
  chunk('The cat sleeps', [1, 0], { page: 1, kind: 'pet', old: true }),
  chunk('The dog runs far', [0, 1], { page: 2, kind: 'pet', old: false }),
  chunk('Le café est fermé', [0.8, 0.6], { page: 3, kind: 'sign' }),
]

function collectionOf(database: VectorDatabase, name = 'animals', owner = 'ada'): number {
  const made = database.create(owner, 'store', name, '{}') ?? database.find(owner, 'store', name)
  return made?.id ?? 0
}
const textsOf = (found: readonly { readonly text: string }[]) => found.map(({ text }) => text)

describe.each([
  ['sqlite-vec', false],
  ['plain', true],
] as const)('%s', (index, plain) => {
  const filled = () => {
    const database = openVectorDatabase(':memory:', { plain })
    const id = collectionOf(database)
    database.add(id, chunks)
    return { database, id }
  }

  test('finds the nearest first, with their distance and, if asked, their vectors', () => {
    const { database, id } = filled()
    expect(database.index).toBe(index)
    const found = database.search(id, { vector: [1, 0], limit: 2, withVectors: true })
    expect(found).toMatchObject([
      { text: 'The cat sleeps', distance: 0, vector: [1, 0], metadata: { page: 1 } },
      { text: 'Le café est fermé', distance: expect.closeTo(Math.sqrt(0.4), 5) },
    ])
    expect(database.search(id, { vector: [1, 0], limit: 1 })[0]).not.toHaveProperty('vector')
  })

  test.each([
    [{ kind: 'pet' }, ['The cat sleeps', 'The dog runs far']],
    [{ page: [2, 3] }, ['Le café est fermé', 'The dog runs far']],
    [{ page: '3' }, ['Le café est fermé']],
    [{ old: true }, ['The cat sleeps']],
    [{ kind: 'pet', page: 2 }, ['The dog runs far']],
    [{ 'no"such': 1 }, []],
  ])('keeps to the filter %j', (filter, expected) => {
    const { database, id } = filled()
    expect(textsOf(database.search(id, { vector: [1, 0], limit: 9, filter }))).toEqual(expected)
    expect(textsOf(database.page(id, { offset: 0, limit: 9, filter }).chunks).sort()).toEqual(expected.toSorted())
  })

  test('finds by words, whatever their case and accents, and only in its own collection', () => {
    const { database, id } = filled()
    const other = collectionOf(database, 'others')
    database.add(other, [chunk('Another cat', [1, 0, 0])])
    expect(textsOf(database.search(id, { text: 'CAFE, "cats" OR cat?', limit: 9 })).sort()).toEqual([
      'Le café est fermé',
      'The cat sleeps',
    ])
    expect(database.search(id, { text: '"-*', limit: 9 })).toEqual([])
    expect(textsOf(database.search(id, { limit: 1 }))).toEqual(['The cat sleeps'])
    expect(textsOf(database.search(id, { text: 'the', limit: 9, filter: { page: 2 } }))).toEqual(['The dog runs far'])
  })

  test('puts what both meaning and words find first', () => {
    const { database, id } = filled()
    const found = database.search(id, { vector: [1, 0], text: 'dog', limit: 2 })
    expect(textsOf(found)).toEqual(['The dog runs far', 'The cat sleeps'])
    expect(found[0]?.distance).toBeCloseTo(Math.SQRT2)
  })

  test('skips keys it has, and counts what it holds', () => {
    const { database, id } = filled()
    expect(database.add(id, [...chunks, chunk('New one', [0, 0])])).toEqual({ added: 1, skipped: 3 })
    expect(database.known(id, ['New one', 'Nothing'])).toEqual(['New one'])
    expect(database.find('ada', 'store', 'animals')).toMatchObject({ chunks: 4, words: 13, dimensions: 2 })
    expect(database.removeChunks(id, { kind: 'pet' })).toBe(2)
    expect(database.keepOnly(id, ['New one'])).toBe(1)
    const left = database.find('ada', 'store', 'animals')
    expect(left).toMatchObject({ chunks: 1, words: 2, characters: 7, bytes: 7 + 2 + 8 })
    expect(textsOf(database.search(id, { vector: [1, 0], limit: 9 }))).toEqual(['New one'])
    expect(database.search(id, { text: 'cat dog', limit: 9 })).toEqual([])
  })

  test('refuses vectors of another length, and adds nothing then', () => {
    const { database, id } = filled()
    const mixed = [chunk('Fine', [1, 1]), chunk('Too long', [1, 1, 1])]
    expect(() => database.add(id, mixed)).toThrow('holds vectors of length 2, and this embedding model gives 3')
    expect(() => database.search(id, { vector: [1], limit: 1 })).toThrow('gives 1')
    expect(database.known(id, ['Fine'])).toEqual([])
  })

  test('keeps collections of owners and kinds apart, and removes them whole', () => {
    const { database, id } = filled()
    const bobs = collectionOf(database, 'animals', 'bob')
    database.add(bobs, chunks)
    expect(database.create('ada', 'store', 'animals', '{}')).toBeUndefined()
    expect(database.create('ada', 'knowledge', 'animals', '{}')).toMatchObject({ chunks: 0, dimensions: null })
    expect(database.list('ada', 'store').map(({ name }) => name)).toEqual(['animals'])
    expect(database.remove(id)).toBe(true)
    expect(database.remove(id)).toBe(false)
    expect(database.search(bobs, { vector: [1, 0], limit: 9 })).toHaveLength(3)
    database.removeOwner('bob')
    expect(database.list('bob', 'store')).toEqual([])
    expect(() => database.add(bobs, chunks)).toThrow('The collection is gone.')
  })

  test('replaces a chunk where it stands, found by its new words and vector alone', () => {
    const { database, id } = filled()
    const bird = { ...chunk('The bird sings loud', [0.6, -0.8], { page: 1 }), key: 'The cat sleeps' }
    expect(database.replace(id, bird)).toBe(true)
    expect(textsOf(database.page(id, { offset: 0, limit: 9 }).chunks)).toEqual([
      'The bird sings loud',
      'The dog runs far',
      'Le café est fermé',
    ])
    expect(database.search(id, { text: 'cat', limit: 9 })).toEqual([])
    expect(textsOf(database.search(id, { text: 'bird', limit: 9 }))).toEqual(['The bird sings loud'])
    expect(database.search(id, { vector: [0.6, -0.8], limit: 1 })).toMatchObject([
      { key: 'The cat sleeps', distance: expect.closeTo(0, 5), metadata: { page: 1 } },
    ])
    const counted = openVectorDatabase(':memory:', { plain })
    const other = collectionOf(counted)
    counted.add(other, [bird, ...chunks.slice(1)])
    const { words, characters, bytes } = counted.find('ada', 'store', 'animals') ?? {}
    expect(database.find('ada', 'store', 'animals')).toMatchObject({ chunks: 3, words, characters, bytes })
    expect(database.replace(id, { ...bird, key: 'nobody' })).toBe(false)
    expect(() => database.replace(id, { ...bird, vector: [1] })).toThrow('gives 1')
  })

  test('chunks that fill pages of the index of words are replaced, taken out and removed', () => {
    const database = openVectorDatabase(':memory:', { plain })
    const id = collectionOf(database)
    const many = Array.from({ length: 100 }, (_, at) => chunk(`Line ${at} of a file of many words`, [at, 1]))
    database.add(id, many)
    expect(database.removeKeys(id, [many[0]?.key ?? ''])).toBe(1)
    expect(database.replace(id, { ...chunk('Changed', [1, 1]), key: many[1]?.key ?? '' })).toBe(true)
    const draft = database.create('ada', 'draft', String(id), '{}')?.id ?? 0
    database.add(
      draft,
      database.lacking(draft, id, 1000).map((one) => ({ ...one, vector: [1, 2, 3] })),
    )
    expect(database.takePlace(draft, id, '{}')).toBe(true)
    expect(textsOf(database.search(draft, { text: 'changed', limit: 9 }))).toEqual(['Changed'])
    expect(textsOf(database.search(draft, { text: '"Line 1 "', limit: 99 }))).toHaveLength(98)
    expect(database.remove(draft)).toBe(true)
    expect(database.find('ada', 'store', 'animals')).toBeUndefined()
  })

  test('a draft takes the place of a collection once it lacks nothing', () => {
    const { database, id } = filled()
    const draft = database.create('ada', 'draft', String(id), '{}')?.id ?? 0
    const long = (text: string) => ({ ...chunk(text, [0, 0, 1]), metadata: metadataOf(text) })
    const metadataOf = (text: string) => chunks.find((one) => one.text === text)?.metadata ?? {}
    expect(textsOf(database.lacking(draft, id, 2))).toEqual(['The cat sleeps', 'The dog runs far'])
    database.add(draft, [long('The cat sleeps'), long('The dog runs far'), long('Gone meanwhile')])
    expect(textsOf(database.lacking(draft, id, 9))).toEqual(['Le café est fermé'])
    expect(database.takePlace(draft, id, '{"model":"n"}')).toBe(false)
    expect(database.find('ada', 'store', 'animals')).toMatchObject({ id, dimensions: 2, chunks: 3 })
    database.add(draft, [long('Le café est fermé')])
    database.replace(id, { ...chunk('The cat wakes', [1, 0]), key: 'The cat sleeps' })
    expect(textsOf(database.lacking(draft, id, 9))).toEqual(['The cat wakes'])
    database.replace(draft, { ...chunk('The cat wakes', [1, 0, 0]), key: 'The cat sleeps' })
    expect(database.takePlace(draft, id, '{"model":"n"}')).toBe(true)
    expect(database.find('ada', 'store', 'animals')).toMatchObject({
      id: draft,
      dimensions: 3,
      chunks: 3,
      details: '{"model":"n"}',
    })
    expect(database.list('ada', 'draft')).toEqual([])
    expect(textsOf(database.search(draft, { vector: [1, 0, 0], limit: 1 }))).toEqual(['The cat wakes'])
    expect(database.search(draft, { text: 'gone', limit: 9 })).toEqual([])
    expect(database.takePlace(draft, id, '{}')).toBe(false)
  })

  test('lists chunks in pages, by a part of their text, and the metadata they have', () => {
    const { database, id } = filled()
    const page = database.page(id, { offset: 1, limit: 1 })
    expect({ ...page, chunks: textsOf(page.chunks) }).toEqual({ total: 3, chunks: ['The dog runs far'] })
    expect(database.page(id, { offset: 0, limit: 9, search: 'THE ' }).total).toBe(2)
    expect(database.metadataKeys(id)).toEqual([
      { key: 'kind', values: ['pet', 'sign'] },
      { key: 'old', values: ['0', '1'] },
      { key: 'page', values: ['1', '2', '3'] },
    ])
  })

  test('holds everything after it was closed', () => {
    const path = join(folder, `${index}.db`)
    const first = openVectorDatabase(path, { plain })
    const id = collectionOf(first)
    first.add(id, chunks)
    first.describe(id, '{"model":"m"}')
    first.close()
    const again = openVectorDatabase(path)
    expect(again.index).toBe(index)
    expect(again.find('ada', 'store', 'animals')).toMatchObject({ id, details: '{"model":"m"}', chunks: 3 })
    expect(textsOf(again.search(id, { vector: [0, 1], limit: 1 }))).toEqual(['The dog runs far'])
    again.close()
  })
})

test('a file written with sqlite-vec is not opened without it', () => {
  const path = join(folder, 'needs-vec.db')
  openVectorDatabase(path).close()
  expect(() => openVectorDatabase(path, { plain: true })).toThrow('was written with sqlite-vec')
})
