import { AppError } from '@runnel/protocol/errors'
import { assert, integer, property, uniqueArray } from 'fast-check'
import { expect, test } from 'vitest'
import { createReplyReader, entriesOfReply, type RedisReply, textOfReply } from './redis-replies.ts'

const SENT = Buffer.from(
  '+OK\r\n$4\r\na\r\n\xe9\r\n:42\r\n$-1\r\n*3\r\n$1\r\na\r\n*1\r\n:1\r\n-ERR no\r\n*-1\r\n-WRONG pass\r\n',
  'latin1',
)

function read(...pieces: readonly Buffer[]) {
  const replies: (RedisReply | AppError)[] = []
  const reader = createReplyReader((reply) => replies.push(reply))
  for (const piece of pieces) reader.take(piece)
  return replies
}

test('reads replies however they are cut', async () => {
  const whole = read(SENT)
  expect(whole).toEqual([
    'OK',
    Buffer.from('a\r\n\xe9', 'latin1'),
    42,
    null,
    [Buffer.from('a'), [1], new AppError('bad_request', ['Redis: ERR no'])],
    null,
    new AppError('bad_request', ['Redis: WRONG pass']),
  ])
  await assert(
    property(uniqueArray(integer({ min: 1, max: SENT.length - 1 })), (cuts) => {
      const ends = [...cuts.sort((a, b) => a - b), SENT.length]
      expect(read(...ends.map((end, at) => SENT.subarray(ends[at - 1] ?? 0, end)))).toEqual(whole)
    }),
  )
})

test('refuses what is no Redis', () => {
  expect(() => read(Buffer.from('HTTP/1.1 400 Bad Request\r\n'))).toThrow('it is no Redis server')
})

test('reads names and values', () => {
  expect(Object.fromEntries(entriesOfReply([Buffer.from('a'), 1, 'b', null]))).toEqual({ a: 1, b: null })
  expect([textOfReply(Buffer.from('é')), textOfReply(null), textOfReply(2)]).toEqual(['é', '', '2'])
})
