import { runComponent } from '@runnel/testing/run-component'
import { expect, test } from 'vitest'
import { type OutputParser, outputParser } from './output-parser.ts'

test('tells how to answer and reads such an answer', async () => {
  const { format_instructions, output_parser } = await runComponent(outputParser)
  expect(format_instructions).toMatchObject({ text: expect.stringContaining('comma separated values') })
  // The declared output is of any type.
  expect((output_parser as OutputParser).parse('foo, bar,baz')).toEqual(['foo', 'bar', 'baz'])
})
