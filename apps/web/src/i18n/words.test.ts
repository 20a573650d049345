import { globSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { isObject } from '@runnel/protocol/json'
import { expect, test } from 'vitest'

const source = join(import.meta.dirname, '..')
const locales = join(import.meta.dirname, 'locales')
/** Of a key that depends on a number: `_one`, `_other`. */
const PLURAL = /_(zero|one|two|few|many|other)$/

function leaves(words: unknown, path = ''): readonly (readonly [string, string])[] {
  if (!isObject(words)) return [[path, String(words)]]
  return Object.entries(words).flatMap(([key, value]) => leaves(value, path ? `${path}.${key}` : key))
}

const wordsOf = (locale: string, namespace: string): ReadonlyMap<string, string> =>
  new Map(leaves(JSON.parse(readFileSync(join(locales, locale, `${namespace}.json`), 'utf8'))))

const namespaces = readdirSync(join(locales, 'en')).map((file) => file.replace('.json', ''))
const stems = (words: ReadonlyMap<string, string>) => new Set([...words.keys()].map((key) => key.replace(PLURAL, '')))
const placeholders = (text: string) => [...new Set(text.match(/\{\{\w+\}\}/g) ?? [])].sort()

interface Asked {
  readonly file: string
  /** The namespaces of the file; a key is of one of them. */
  readonly namespaces: readonly string[]
  readonly key: string
  /** The key goes on with a value: `status.${status}`. */
  readonly isBegun: boolean
}

/** Keys, or beginnings of keys, handed on to whoever translates them: `'handle.cannot'`, `editor:group.${reason}`. */
function handedOn(): readonly string[] {
  const texts = sourceFiles().map((file) => readFileSync(join(source, file), 'utf8'))
  const found = (pattern: RegExp) => texts.flatMap((text) => Array.from(text.matchAll(pattern), ([, key = '']) => key))
  return [
    ...found(/'((?:[\w-]+:)?[\w-]+(?:\.[\w-]+)+)'/g),
    ...found(/`((?:[\w-]+:)?(?:[\w-]+\.)+)\$\{/g).map((beginning) => `${beginning}*`),
  ]
}

const sourceFiles = () => globSync('**/*.{ts,tsx}', { cwd: source }).filter((file) => !/\.test\.tsx?$/.test(file))

/** What the files of the app ask for. */
function askedWords(): readonly Asked[] {
  return sourceFiles().flatMap((file) => {
    const text = readFileSync(join(source, file), 'utf8')
    const used = [...new Set(Array.from(text.matchAll(/useTranslation\('([\w-]+)'\)/g), ([, name = '']) => name))]
    const keys = (pattern: RegExp) => Array.from(text.matchAll(pattern), ([, key = '']) => key)
    // A choice inside the call: t(isOn ? 'on' : 'off').
    const choices = keys(/\bt\(([^'`(),]+\?\s*'[^)]+)\)/g).flatMap((choice) =>
      Array.from(choice.matchAll(/'([\w.-]+)'/g), ([, key = '']) => key),
    )
    const asked = (isBegun: boolean) => (key: string) => ({ file, namespaces: used, key, isBegun })
    return used.length === 0
      ? []
      : [
          ...[...keys(/\bt\(\s*'([^']+)'/g), ...choices].map(asked(false)),
          ...keys(/\bt\(\s*`([^`$]*)\$\{/g).map(asked(true)),
        ]
  })
}

test.each(namespaces)('%s says in Chinese all it says in English, about the same values', (namespace) => {
  const [en, zh] = [wordsOf('en', namespace), wordsOf('zh', namespace)]
  expect([...stems(zh)].sort()).toEqual([...stems(en)].sort())
  for (const [key, text] of zh) {
    const english = en.get(key) ?? en.get(key.replace(PLURAL, '_other'))
    expect([key, placeholders(text)]).toEqual([key, placeholders(english ?? '')])
    expect(text.trim()).not.toBe('')
  }
  // Chinese has one form for every number; a second one would never be shown.
  expect([...zh.keys()].filter((key) => /_one$/.test(key))).toEqual([])
})

test('both languages have the same files', () => {
  expect(readdirSync(join(locales, 'zh'))).toEqual(readdirSync(join(locales, 'en')))
})

test('every word that is asked for exists, and every word that exists is asked for', () => {
  const known = new Map(namespaces.map((namespace) => [namespace, stems(wordsOf('en', namespace))]))
  const asked = askedWords()
  const missing = asked.filter(
    ({ namespaces: own, key, isBegun }) => !isBegun && !own.some((namespace) => known.get(namespace)?.has(key)),
  )
  const others = new Set(handedOn())
  const unused = namespaces.flatMap((namespace) => {
    const here = asked.filter((one) => one.namespaces.includes(namespace))
    const isUsed = (word: string) => here.some(({ key, isBegun }) => (isBegun ? word.startsWith(key) : word === key))
    const isHandedOn = (word: string) =>
      [word, word.replace(/[^.]+$/, '*')].some((key) => others.has(key) || others.has(`${namespace}:${key}`))
    const words = [...(known.get(namespace) ?? [])]
    return words.filter((word) => !isUsed(word) && !isHandedOn(word)).map((word) => `${namespace}:${word}`)
  })
  expect({ missing: missing.map(({ file, key }) => `${file} ${key}`), unused }).toEqual({ missing: [], unused: [] })
  expect(asked.length).toBeGreaterThan(50)
})
