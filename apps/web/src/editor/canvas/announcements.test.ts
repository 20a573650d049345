import { expect, test } from 'vitest'
import { createAnnouncements } from './announcements.ts'

/** A clock that goes on when it is told to. */
function listening() {
  const said: string[] = []
  const due: { readonly run: () => void; readonly ms: number }[] = []
  let time = 10_000
  const { announce } = createAnnouncements({
    say: (text) => said.push(text),
    now: () => time,
    later: (run, ms) => void due.push({ run, ms }),
  })
  const wait = (): number | undefined => {
    const next = due.shift()
    time += next?.ms ?? 0
    next?.run()
    return next?.ms
  }
  return { announce, said, wait }
}

test('one thing is said at a time, and of a place only the newest', () => {
  const { announce, said, wait } = listening()
  announce('Chat Input')
  expect(wait()).toBe(0)
  announce('Prompt')
  announce('Model')
  expect(wait()).toBe(700)
  expect([said, wait()]).toEqual([['Chat Input', 'Model'], undefined])
})

test('things of several topics are said together, many of one are counted', () => {
  const { announce, said, wait } = listening()
  const sum = (count: number): string => `${count} finished`
  announce('A finished', 'finished', sum)
  announce('B finished', 'finished', sum)
  announce('Chat Input')
  wait()
  for (const name of ['C', 'D', 'E']) announce(`${name} finished`, 'finished', sum)
  wait()
  expect(said).toEqual(['A finished. B finished. Chat Input', '3 finished'])
})
