import { catalog } from '@runnel/components/catalog'
import { runFlow } from '@runnel/protocol/runs'
import { flow } from '@runnel/testing/flow-builder'
import { providerServer, reply } from '@runnel/testing/provider-server'
import { expect, test } from 'vitest'
import { testApp } from '../test-app.ts'
import { component, modelNode, storeFlow } from '../test-flows.ts'

const answers = (content: string) =>
  reply({
    id: 'c-1',
    object: 'chat.completion',
    created: 1,
    model: 'gpt-4o-mini',
    choices: [{ index: 0, message: { role: 'assistant', content }, finish_reason: 'stop' }],
    usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
  })

test('a text goes on along the category the model names, and no other', async () => {
  await using provider = await providerServer(answers('"negative"'))
  const server = await testApp({ user: 'ada', components: catalog })
  try {
    const model = modelNode(provider.url)
    const chat = component('ChatOutput')
    const data = flow({ ask: component('ChatInput'), model, router: component('SmartRouter'), glad: chat, sad: chat }, [
      'ask.message -> router.input_text',
      'model.model_output -> router.model',
      'router.category_1_result -> glad.input_value',
      'router.category_2_result -> sad.input_value',
    ])
    const id = await storeFlow(server, data)
    const answer = await server.client.call(runFlow, {
      params: { flow_id_or_name: id },
      query: {},
      body: { input_value: 'broken again' },
    })
    const { outputs } = answer as { readonly outputs: readonly { readonly outputs: readonly unknown[] }[] }
    expect(outputs[0]?.outputs).toMatchObject([
      { component_id: 'ChatOutput-sad', results: { message: { text: 'broken again' } } },
    ])
    expect(outputs[0]?.outputs).toHaveLength(1)
  } finally {
    await server.close()
  }
})
