import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createPartHeaderWatch } from './part-headers.ts'

const body = (header: string, content = 'hi') =>
  Buffer.from(`--b\r\nA: 1\r\n\r\n${content}\r\n--b\r\nX: ${header}\r\n\r\nend\r\n--b--\r\n`)
const isFine = (chunks: readonly Buffer[]) => chunks.every(createPartHeaderWatch('b', 100))

test('long headers are noticed wherever the body is cut, short ones and long content never', () => {
  const cuts = fc.array(fc.nat(5000), { maxLength: 20 })
  const chunksOf = (whole: Buffer, at: readonly number[]) => {
    const ends = [...at.map((cut) => cut % whole.length), whole.length].sort((a, b) => a - b)
    return ends.map((end, index) => whole.subarray(ends[index - 1] ?? 0, end))
  }
  fc.assert(
    fc.property(cuts, (at) => {
      expect(isFine(chunksOf(body('x'.repeat(200)), at))).toBe(false)
      expect(isFine(chunksOf(body('x', '\r\n-'.repeat(500)), at))).toBe(true)
    }),
  )
})
