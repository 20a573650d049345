import { data, dataFrame, message } from '@runnel/sdk'
import { runComponent } from '@runnel/testing/run-component'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { chunksOf, piecesOf, splitText } from './split-text.ts'

test('merges pieces up to the size, sharing whole pieces up to the overlap', () => {
  const options = { size: 7, overlap: 3, separator: ' ' }
  expect(chunksOf('aa bb cc dd ee', options)).toEqual(['aa bb', 'bb cc', 'cc dd', 'dd ee'])
  expect(chunksOf('aa bb cc dd ee', { ...options, overlap: 0 })).toEqual(['aa bb', 'cc dd', 'ee'])
})

test('keeps a piece that is longer than a chunk whole', () => {
  expect(chunksOf('a,bbbbbbbb,c', { size: 4, overlap: 0, separator: ',' })).toEqual(['a', 'bbbbbbbb', 'c'])
})

test('keeps separators at the side asked for', () => {
  expect(piecesOf('a.b.', '.', 'start')).toEqual(['a', '.b', '.'])
  expect(piecesOf('a.b.', '.', 'end')).toEqual(['a.', 'b.'])
  expect(piecesOf('a.b.', '.', 'none')).toEqual(['a', 'b'])
})

test('splits at every character without a separator, and counts an emoji once', () => {
  expect(chunksOf('a😀b😀c', { size: 2, overlap: 0, separator: '' })).toEqual(['a😀', 'b😀', 'c'])
})

const splits = fc.record({
  words: fc.array(fc.stringMatching(/^[a-z😀]{1,8}$/u), { minLength: 1, maxLength: 40 }),
  separator: fc.constantFrom(' ', ',', '\n\n'),
  size: fc.integer({ min: 1, max: 30 }),
})

test('makes no chunk longer than the size, unless it is a single piece', () => {
  fc.assert(
    fc.property(splits, fc.nat({ max: 30 }), ({ words, separator, size }, overlap) => {
      const chunks = chunksOf(words.join(separator), { size, overlap: Math.min(overlap, size), separator })
      const tooLong = chunks.filter((chunk) => Array.from(chunk).length > size)
      expect(tooLong.filter((chunk) => !words.includes(chunk))).toEqual([])
    }),
  )
})

test('gives the text back when chunks without overlap are joined', () => {
  fc.assert(
    fc.property(splits, fc.constantFrom('none', 'start', 'end'), ({ words, size }, keep) => {
      // A separator of no blanks, as blanks at the ends of chunks are trimmed.
      const text = words.join('|')
      const chunks = chunksOf(text, { size, overlap: 0, separator: '|', keep })
      expect(chunks.join(keep === 'none' ? '|' : '')).toBe(text)
    }),
  )
})

test('makes only chunks that occur in the text', () => {
  fc.assert(
    fc.property(splits, fc.nat({ max: 30 }), ({ words, separator, size }, overlap) => {
      const text = words.join(separator)
      for (const chunk of chunksOf(text, { size, overlap: Math.min(overlap, size), separator })) {
        expect(text).toContain(chunk)
      }
    }),
  )
})

test('gives a row per chunk, with the text first and the other keys after it', async () => {
  const data_inputs = [data({ source: 'x', text: 'a\nb' }), data({ text: 'c' })]
  const { dataframe, chunks } = await runComponent(splitText, { data_inputs, chunk_size: 1, chunk_overlap: 0 })
  const rows = [{ text: 'a', source: 'x' }, { text: 'b', source: 'x' }, { text: 'c' }]
  expect(dataframe).toMatchObject({ columns: ['text', 'source'], rows })
  expect(chunks).toMatchObject(rows.map((row) => ({ kind: 'data', data: row })))
})

test('reads the column asked for and drops the others when asked to', async () => {
  const data_inputs = dataFrame([{ body: 'a b', n: 1 }])
  const inputs = { data_inputs, text_key: 'body', separator: ' ', chunk_size: 1, chunk_overlap: 0 }
  const { dataframe } = await runComponent(splitText, { ...inputs, clean_output: true })
  expect(dataframe).toMatchObject({ columns: ['text'], rows: [{ text: 'a' }, { text: 'b' }] })
})

test.each(['\\n', '/n', '\n'])('takes %j for a line end', async (separator) => {
  const data_inputs = message('a\nb', { sender: 'User' })
  const { dataframe } = await runComponent(splitText, { data_inputs, separator, chunk_size: 1, chunk_overlap: 0 })
  expect(dataframe).toMatchObject({ rows: [{ text: 'a', sender: 'User' }, { text: 'b' }] })
})

test('refuses nothing to split and an overlap larger than the size', async () => {
  await expect(runComponent(splitText, {})).rejects.toThrow('No data inputs provided')
  await expect(runComponent(splitText, { data_inputs: dataFrame([]) })).rejects.toThrow('DataFrame is empty')
  const wide = runComponent(splitText, { data_inputs: data({ text: 'a' }), chunk_size: 1 })
  await expect(wide).rejects.toThrow('Error splitting text')
})
