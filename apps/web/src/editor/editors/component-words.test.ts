import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { CompletionContext } from '@codemirror/autocomplete'
import { EditorState } from '@codemirror/state'
import { expect, test } from 'vitest'
import { CONTEXT_WORDS, componentWords, FIELD_WORDS, MODULE_WORDS } from './component-words.ts'

const guest = readFileSync(join(import.meta.dirname, '../../../../../packages/sandbox/src/guest.ts'), 'utf8')
const between = (start: string, end: string): string =>
  guest.slice(guest.indexOf(start), guest.indexOf(end, guest.indexOf(start)))

async function offered(text: string, isTypeScript = true): Promise<readonly string[]> {
  const context = new CompletionContext(EditorState.create({ doc: text }), text.length, false)
  const found = await componentWords(isTypeScript)(context)
  return found?.options.map(({ label }) => label) ?? []
}

test('the words are those the module of components knows', () => {
  const fields = [...between('export const field = {', '} as const').matchAll(/^ {2}(\w+): make/gm)].map(
    ([, name]) => name,
  )
  expect([...FIELD_WORDS].sort()).toEqual(fields.sort())
  const members = [...between('export interface Context {', '\n}').matchAll(/^ {2}(?:readonly )?(\w+)[:(]/gm)].map(
    ([, name]) => name,
  )
  expect([...CONTEXT_WORDS].sort()).toEqual(members.sort())
  const brought = [...guest.matchAll(/^export const (\w+)/gm)].map(([, name]) => name)
  expect([...MODULE_WORDS].sort()).toEqual(brought.sort())
})

test('members follow their owner, and other words stand alone', async () => {
  expect(await offered('  a: field.te')).toContain('text')
  expect(await offered('  a: field.te')).not.toContain('displayName')
  expect(await offered('context.')).toEqual(CONTEXT_WORDS)
  expect(await offered('def')).toContain('defineComponent')
  expect(await offered('else.de')).toEqual([])
  expect(await offered('Mess', false)).toContain('MessageTextInput')
})
