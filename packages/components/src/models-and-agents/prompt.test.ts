import { data, message } from '@runnel/sdk'
import { runComponent } from '@runnel/testing/run-component'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fill, prompt } from './prompt.ts'

const single = { doubled: false }
const doubled = { doubled: true }

test('fills its variables with the texts of their values', async () => {
  const template = '{who} says {what}: {list} {missing}{{x}}'
  const dynamic = { who: message('Ada'), what: data({ text: 'hi' }), list: [1, 'a', null] }
  const { prompt: said } = await runComponent(prompt, { template }, { dynamic })
  expect(said).toMatchObject({ text: "Ada says hi: [1, 'a', None] {x}", sender: null })
})

test('is one turn of the user, with the files of its values', async () => {
  const notes = { name: 'notes.txt', mediaType: 'text/plain', bytes: new TextEncoder().encode('Bring milk') }
  const photo = { name: 'a.PNG', mediaType: 'image/png', bytes: new Uint8Array([1, 2, 3]) }
  const { prompt: said } = await runComponent(
    prompt,
    { template: 'Describe {it}' },
    {
      dynamic: { it: message('this', { files: ['f/a.PNG', 'f/notes.txt'] }) },
      files: { 'f/a.PNG': photo, 'f/notes.txt': notes },
    },
  )
  expect(said).toMatchObject({
    prompt: [
      {
        role: 'user',
        content: [
          { type: 'text', text: 'Describe this' },
          { type: 'image', data: 'AQID', mediaType: 'image/png' },
          { type: 'text', text: "File 'notes.txt' contents:\nBring milk" },
        ],
      },
    ],
  })
})

test('reads double brackets when told to, and leaves single ones alone', async () => {
  const template = '{"name": "{{ name }}"}'
  const { prompt: said } = await runComponent(
    prompt,
    { template, use_double_brackets: true },
    { dynamic: { name: 'Ada' } },
  )
  expect(said).toMatchObject({ text: '{"name": "Ada"}' })
})

test('has a field for each variable', () => {
  const fields = prompt.dynamicInputs?.({ template: '{a} {b} {a}' }) ?? {}
  expect(Object.keys(fields)).toEqual(['a', 'b'])
  expect(fields.a).toMatchObject({
    type: 'str',
    attributes: { display_name: 'a', input_types: ['Message'], value: '' },
  })
  expect(Object.keys(prompt.dynamicInputs?.({ template: '{first-name} {1st} {a.b}' }) ?? {})).toEqual(['first-name'])
  const mustache = prompt.dynamicInputs?.({ template: '{a} {{b}}', use_double_brackets: true }) ?? {}
  expect(Object.keys(mustache)).toEqual(['template', 'b'])
  expect(mustache.template?.type).toBe('mustache')
})

test('a name may have hyphens and signs', () => {
  expect(fill('{first-name} {a+b}', { 'first-name': 'Ada', 'a+b': 3 }, single)).toBe('Ada 3')
  expect(fill('{{ first-name }}', { 'first-name': 'Ada' }, doubled)).toBe('Ada')
})

test('leaves text without variables as it is', () => {
  expect(fill('a { b } c {} {"d": 1}', {}, single)).toBe('a { b } c {} {"d": 1}')
  expect(fill('{constructor}', {}, single)).toBe('')
})

test('never reads a value as template', () => {
  fc.assert(
    fc.property(fc.string(), fc.constantFrom(single, doubled), (value, syntax) => {
      const template = syntax.doubled ? '<{{a}}|{{b}}>' : '<{a}|{b}>'
      expect(fill(template, { a: `${value}{b}`, b: '{{a}}' }, syntax)).toBe(`<${value}{b}|{{a}}>`)
    }),
  )
})
