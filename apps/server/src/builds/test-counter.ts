import { defineComponent, field, message } from '@runnel/sdk'
import { type BuiltFlow, flow } from '@runnel/testing/flow-builder'
import { component } from '../test-flows.ts'

let runs = 0

/** How often the counter has run in this file of tests. */
export const timesCounted = (): number => runs

/** Says after its input how often it has run in a file of tests; fails when that input is `fail`. */
export const counter = defineComponent({
  type: 'Counter',
  displayName: 'Counter',
  description: 'Counts',
  icon: 'hash',
  category: 'tests',
  inputs: { input_value: field.text({ label: 'Input' }) },
  outputs: {
    text: {
      type: 'Message',
      label: 'Text',
      method: 'text',
      run({ inputs }) {
        if (inputs.input_value === 'fail') throw new Error('Told to fail')
        return message(`${inputs.input_value} ${++runs}`)
      },
    },
  },
})

/** Counts between a chat input and a chat output; `node` is what else the counter's node holds. */
export const countingFlow = (node: Readonly<Record<string, unknown>> = {}): BuiltFlow =>
  flow({ ask: component('ChatInput'), count: { component: counter, node }, say: component('ChatOutput') }, [
    'ask.message -> count.input_value',
    'count.text -> say.input_value',
  ])
