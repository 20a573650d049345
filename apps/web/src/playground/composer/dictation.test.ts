import { expect, test } from 'vitest'
import { canDictate, dictate, joinHeard } from './dictation.ts'

/** A browser that hears what it is told. */
function hearing() {
  let made: Heard | undefined
  class Heard {
    lang = ''
    onresult: ((event: unknown) => void) | undefined
    onerror: ((event: unknown) => void) | undefined
    onend: (() => void) | undefined
    start = () => {
      made = this
    }
    stop = () => this.onend?.()
    abort = () => this.onend?.()
  }
  return {
    scope: { webkitSpeechRecognition: Heard },
    language: () => made?.lang,
    hears: (...texts: readonly string[]) => made?.onresult?.({ results: texts.map((transcript) => [{ transcript }]) }),
    fails: (error: string) => {
      made?.onerror?.({ error })
      made?.onend?.()
    },
  }
}

test('what is heard is told as it grows, until it is stopped', () => {
  const browser = hearing()
  const told: unknown[] = []
  const { finish } = dictate({
    language: 'zh-CN',
    scope: browser.scope,
    onText: (text) => told.push(text),
    onEnd: (problem) => told.push({ problem }),
  })
  browser.hears('你')
  browser.hears('你好', '世界')
  finish()
  expect([browser.language(), told]).toEqual(['zh-CN', ['你', '你好世界', { problem: undefined }]])
})

test.each([
  ['not-allowed', 'denied'],
  ['audio-capture', 'noMicrophone'],
  ['bad-grammar', 'failed'],
  ['no-speech', undefined],
])('%s is told as %s', (error, problem) => {
  const browser = hearing()
  const told: unknown[] = []
  dictate({ language: 'en', scope: browser.scope, onText: () => undefined, onEnd: (why) => told.push(why) })
  browser.fails(error)
  expect(told).toEqual([problem])
})

test('what is heard after it was dropped is told to nobody', () => {
  const browser = hearing()
  const told: unknown[] = []
  const { drop } = dictate({
    language: 'en',
    scope: browser.scope,
    onText: (text) => told.push(text),
    onEnd: (problem) => told.push({ problem }),
  })
  browser.hears('Hello')
  drop()
  browser.hears('Hello you')
  expect(told).toEqual(['Hello', { problem: undefined }])
})

test('a browser without ears offers nothing', () => {
  expect([canDictate({}), canDictate(hearing().scope)]).toEqual([false, true])
})

test('heard words follow written ones with a blank where the language has blanks', () => {
  expect([joinHeard('', 'hi'), joinHeard('Say', ' hi '), joinHeard('Say ', 'hi'), joinHeard('说：', '你好')]).toEqual([
    'hi',
    'Say hi',
    'Say hi',
    '说：你好',
  ])
  expect(joinHeard('Say', '')).toBe('Say')
})
