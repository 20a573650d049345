import type { ModelPart, Taken } from '@runnel/sdk'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readChatChunks } from './chat-chunks.ts'
import type { AnswerFollower } from './exchange.ts'
import { Fault } from './fault.ts'

const delta = (content: string) => `data: ${JSON.stringify({ choices: [{ delta: { content } }] })}\n\n`
const STOP = `data: ${JSON.stringify({ choices: [{ delta: {}, finish_reason: 'stop' }] })}\n\n`
const DONE = 'data: [DONE]\n\n'
const text = (said: string): ModelPart => ({ type: 'text-delta', text: said })
const FINISH: ModelPart = { type: 'finish', reason: 'stop', usage: null }

/** An answer whose bytes arrive when the test says so. */
function answerOf(first: string) {
  let follower: AnswerFollower | undefined
  const log: string[] = []
  const parts = readChatChunks(
    {
      first: Buffer.from(first),
      answer: {
        status: 200,
        headers: {},
        read: () => Promise.resolve(undefined),
        follow(next) {
          follower = next
        },
        resume: () => void log.push('resumed'),
        close(politely = false) {
          follower = undefined
          log.push(politely ? 'closed politely' : 'closed')
        },
      },
    },
    { lineBytes: 100_000 },
  )
  return {
    parts,
    log,
    arrive(given: string | Uint8Array) {
      const bytes = Buffer.from(given)
      return follower?.take(bytes, 0, bytes.length)
    },
    end: (failure?: unknown) => follower?.end(failure),
  }
}

describe('parts that are followed', () => {
  test('are handed on while their bytes arrive', async () => {
    const { parts, arrive } = answerOf(delta('a'))
    const seen: ModelPart[] = []
    const over = parts.follow((part) => void seen.push(part))
    expect(seen).toEqual([text('a')])
    arrive(delta('b') + delta('c'))
    expect(seen).toEqual([text('a'), text('b'), text('c')])
    arrive(STOP + DONE)
    await over
    expect(seen.at(-1)).toEqual(FINISH)
  })

  test('go on after those that were read one by one', async () => {
    const { parts, arrive } = answerOf(delta('a') + delta('b'))
    expect(await parts.next()).toEqual({ done: false, value: text('a') })
    const seen: ModelPart[] = []
    const over = parts.follow((part) => void seen.push(part))
    arrive(STOP + DONE)
    await over
    expect(seen).toEqual([text('b'), FINISH])
  })

  test('are kept while the follower wants to wait', async () => {
    const { parts, arrive } = answerOf(delta('a'))
    const seen: ModelPart[] = []
    const gate = Promise.withResolvers<Taken>()
    const over = parts.follow((part) => {
      seen.push(part)
      return seen.length === 1 ? gate.promise : undefined
    })
    arrive(delta('b') + STOP + DONE)
    expect(seen).toEqual([text('a')])
    gate.resolve(undefined)
    await over
    expect(seen).toEqual([text('a'), text('b'), FINISH])
  })

  test('stop the connection while too much waits', async () => {
    const { parts, log, arrive } = answerOf(delta('a'))
    const gate = Promise.withResolvers<Taken>()
    const over = parts.follow((part) => (part.type === 'text-delta' && part.text === 'a' ? gate.promise : undefined))
    expect(arrive(delta('x'.repeat(70_000)))).toBe(false)
    expect(log).toEqual([])
    gate.resolve(undefined)
    await gate.promise
    expect(log).toEqual(['resumed'])
    expect(arrive(STOP + DONE)).toBe(true)
    await over
  })

  test.each(['at once', 'later'])('close the answer when it is enough, said %s', async (when) => {
    const { parts, log, arrive } = answerOf(delta('a'))
    const seen: ModelPart[] = []
    const over = parts.follow((part) => {
      seen.push(part)
      if (seen.length < 2) return undefined
      return when === 'later' ? Promise.resolve<Taken>(false) : false
    })
    arrive(delta('b') + delta('c'))
    await over
    expect(seen).toEqual([text('a'), text('b')])
    expect(log.filter((entry) => entry !== 'resumed')).toEqual(['closed'])
  })

  test('come before the failure that ends them', async () => {
    const { parts, arrive, end } = answerOf(delta('a'))
    const seen: ModelPart[] = []
    const over = parts.follow((part) => void seen.push(part))
    arrive(delta('b'))
    end(new Fault({ kind: 'connection', code: 'ECONNRESET' }))
    await expect(over).rejects.toThrow(Fault)
    expect(seen).toEqual([text('a'), text('b')])
  })

  test('end with what the follower throws', async () => {
    const { parts, log, arrive } = answerOf(delta('a'))
    const over = parts.follow((part) => {
      if (part.type === 'text-delta' && part.text === 'b') throw new Error('not this one')
      return undefined
    })
    arrive(delta('b'))
    await expect(over).rejects.toThrow('not this one')
    expect(log).toContain('closed')
  })

  test('are those of the chunks, whatever they say, however they are framed and wherever the bytes are cut', async () => {
    const said = fc.oneof(
      fc.string({ unit: 'binary', minLength: 1 }),
      fc.constantFrom('é', 'b🎈', '"', '\u0085', '\ufeff'),
    )
    const framing = fc.constantFrom(
      (json: string) => `data: ${json}\n\n`,
      (json: string) => `data:${json}\r\n\r\n`,
      (json: string) => `event: x\rdata: ${json}\r\r`,
      (json: string) => `: ping\n\ndata: ${json}\nid: 1\n\n`,
    )
    const event = fc.tuple(said, framing)
    await fc.assert(
      fc.asyncProperty(
        fc.array(event, { size: 'medium' }),
        framing,
        fc.infiniteStream(fc.nat(200)),
        async (events, usual, sizes) => {
          const framed = events.map(([words, other], i) =>
            (i % 3 === 2 ? other : usual)(JSON.stringify({ choices: [{ delta: { content: words } }] })),
          )
          const bytes = Buffer.from(framed.join('') + STOP + DONE)
          const { parts, arrive } = answerOf('')
          const seen: ModelPart[] = []
          const over = parts.follow((part) => void seen.push(part))
          for (let from = 0; from < bytes.length; ) {
            const to = from + (sizes.next().value ?? bytes.length)
            arrive(bytes.subarray(from, to))
            from = to
          }
          await over
          expect(seen).toEqual([...events.map(([words]) => text(Buffer.from(words).toString())), FINISH])
        },
      ),
    )
  })

  test('that come after a character that never ended are not read as if it had', async () => {
    const { parts, arrive } = answerOf(delta('a'))
    const seen: ModelPart[] = []
    const over = parts.follow((part) => void seen.push(part))
    arrive(Uint8Array.of(0xe5))
    arrive(delta('lost, for its line begins with another character'))
    arrive(delta('b') + STOP + DONE)
    await over
    expect(seen).toEqual([text('a'), text('b'), FINISH])
  })

  test('of a line that is too long are an error, also when it is like the one before', async () => {
    const { parts, arrive } = answerOf(delta('a'))
    const over = parts.follow(() => undefined)
    arrive(delta('b'.repeat(100_000)))
    await expect(over).rejects.toThrow(Fault)
  })
})
