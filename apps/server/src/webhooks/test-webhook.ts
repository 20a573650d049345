import { type BuiltFlow, flow, type NodeSpec } from '@runnel/testing/flow-builder'
import { component } from '../test-flows.ts'

// Flows that webhooks start, for tests.

/** Says what was posted. */
export const hookFlow = (): BuiltFlow =>
  flow({ hook: component('Webhook'), say: component('ChatOutput') }, ['hook.output_data -> say.input_value'])

/** Asks a model `ask` and says its answer; with `second`, asks that one about the answer first. */
export function hookModelFlow(ask: string, second?: string): BuiltFlow {
  const model = (url: string): NodeSpec => ({
    component: component('OpenAIModel'),
    set: { api_key: 'k', openai_api_base: `${url}/v1`, stream: false },
  })
  const nodes = {
    hook: component('Webhook'),
    text: { component: component('ParserComponent'), set: { mode: 'Stringify' } },
    ask: model(ask),
    say: component('ChatOutput'),
  }
  const edges = ['hook.output_data -> text.input_data', 'text.parsed_text -> ask.input_value']
  if (second === undefined) return flow(nodes, [...edges, 'ask.text_output -> say.input_value'])
  return flow({ ...nodes, second: model(second) }, [
    ...edges,
    'ask.text_output -> second.input_value',
    'second.text_output -> say.input_value',
  ])
}
