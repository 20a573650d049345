import { catalog } from '@runnel/components/catalog'
import { listRuns } from '@runnel/protocol/monitor'
import { listTraceExporters, testTraceExporter } from '@runnel/protocol/trace-exporters'
import { flow } from '@runnel/testing/flow-builder'
import { type OtlpCollector, otlpCollector } from '@runnel/testing/otlp-collector'
import { providerServer, reply } from '@runnel/testing/provider-server'
import { afterEach, expect, test } from 'vitest'
import { type TestApp, testApp } from '../test-app.ts'
import { component } from '../test-flows.ts'

// From a run to what a collector makes of it, over real sockets.

let server: TestApp | undefined
afterEach(async () => {
  await server?.close()
  server = undefined
})

const toCollector = ({ url }: OtlpCollector) => ({
  OTEL_EXPORTER_OTLP_ENDPOINT: url,
  OTEL_EXPORTER_OTLP_HEADERS: 'x-team=blue',
  OTEL_EXPORTER_OTLP_COMPRESSION: 'gzip',
  LANGFLOW_SSRF_ALLOWED_HOSTS: '127.0.0.1',
})

test('which tools are set up is told to superusers alone, and a test says how it went', async () => {
  await using collector = await otlpCollector([200, 401])
  const app = await testApp({ user: 'root', superuser: true, env: toCollector(collector) })
  server = app
  const { exporters, deactivated, with_content } = await app.client.call(listTraceExporters, {})
  expect(exporters.filter(({ configured }) => configured)).toMatchObject([
    { id: 'opentelemetry', url: `${collector.url}/v1/traces`, sent: 0, lost: 0, last: null },
  ])
  expect([exporters.length, deactivated, with_content]).toEqual([8, false, true])

  const tried = (exporter_id: 'opentelemetry' | 'opik') =>
    app.client.call(testTraceExporter, { params: { exporter_id } })
  expect(await tried('opentelemetry')).toMatchObject({ ok: true, status: 200, error: null })
  expect(collector.requests).toMatchObject([
    { path: '/v1/traces', headers: { 'x-team': 'blue', 'content-type': 'application/x-protobuf' } },
  ])
  expect(collector.requests[0]?.spans).toMatchObject([{ name: 'runnel test', attributes: { 'runnel.test': true } }])
  expect(await tried('opentelemetry')).toMatchObject({ ok: false, status: 401, error: 'Answered with status 401.' })
  const after = await app.client.call(listTraceExporters, {})
  expect(after.exporters.find(({ configured }) => configured)?.last).toMatchObject({ ok: false })
  await expect(tried('opik')).rejects.toMatchObject({ status: 400 })
  const eve = await app.person('eve')
  await expect(eve.client.call(listTraceExporters, {})).rejects.toMatchObject({ status: 403 })
})

test('a run arrives as one trace: the run, its nodes, and the model as others name it', async () => {
  await using collector = await otlpCollector()
  await using provider = await providerServer(
    reply({
      choices: [{ index: 0, message: { role: 'assistant', content: 'Good day' }, finish_reason: 'stop' }],
      usage: { prompt_tokens: 7, completion_tokens: 2, total_tokens: 9 },
    }),
  )
  const env = { ...toCollector(collector), RUNNEL_MODEL_PRICES: 'OpenAI:priced=2/10' }
  const app = await testApp({ user: 'ada', components: catalog, env })
  server = app
  const data = flow(
    {
      ask: component('ChatInput'),
      model: {
        component: component('OpenAIModel'),
        set: { api_key: 'sk-secret', openai_api_base: `${provider.url}/v1`, model_name: 'priced', temperature: 0.5 },
      },
      say: component('ChatOutput'),
    },
    ['ask.message -> model.input_value', 'model.text_output -> say.input_value'],
  )
  const call = (path: string, body: unknown) =>
    app.app.inject({ method: 'POST', url: path, headers: { 'x-api-key': app.apiKey }, payload: JSON.stringify(body) })
  const { id } = (await call('/api/v1/flows/', { name: 'Traced', data })).json()
  const answer = await call(`/api/v1/run/${id}`, { input_value: 'Hello', session_id: 'talk' })
  expect([answer.statusCode, answer.body.slice(0, 500)]).toEqual([200, expect.any(String)])
  const { runs } = await app.client.call(listRuns, { query: {} })
  await app.close()
  server = undefined

  // The server sends what is left before it ends.
  const [accepted] = await collector.arrived(1)
  expect(accepted?.resource).toEqual({ 'service.name': 'runnel' })
  const spans = accepted?.spans ?? []
  const named = (name: string) => spans.find((span) => span.name === name)
  const [root, model] = [named('Traced'), named('chat priced')]
  expect(root).toMatchObject({
    traceId: runs[0]?.id.replaceAll('-', ''),
    parentSpanId: '',
    kind: 2,
    status: { code: 1, message: '' },
    attributes: {
      'session.id': 'talk',
      'user.id': app.user.id,
      'runnel.flow.id': id,
      'runnel.run.status': 'succeeded',
      'input.value': 'Hello',
      'output.value': 'Good day',
    },
  })
  expect(model?.attributes).toMatchObject({
    'gen_ai.operation.name': 'chat',
    'gen_ai.provider.name': 'openai',
    'gen_ai.request.model': 'priced',
    'gen_ai.request.temperature': 0.5,
    'gen_ai.usage.input_tokens': 7,
    'gen_ai.usage.output_tokens': 2,
    'gen_ai.usage.cost': 0.000034,
    'gen_ai.response.finish_reasons': ['stop'],
    'gen_ai.input.messages': JSON.stringify([{ role: 'user', parts: [{ type: 'text', content: 'Hello' }] }]),
    'gen_ai.output.messages': JSON.stringify([
      { role: 'assistant', parts: [{ type: 'text', content: 'Good day' }], finish_reason: 'stop' },
    ]),
  })
  const node = spans.find(({ spanId }) => spanId === model?.parentSpanId)
  expect(node?.parentSpanId).toBe(root?.spanId)
  expect(new Set(spans.map(({ traceId }) => traceId)).size).toBe(1)
  expect((model?.start ?? 0n) >= (root?.start ?? 1n) && (model?.end ?? 1n) <= (root?.end ?? 0n) + 5_000_000n).toBe(true)
  expect(JSON.stringify(spans, (_key, value) => (typeof value === 'bigint' ? String(value) : value))).not.toContain(
    'sk-secret',
  )
})

test('a failed run is a failed trace; without content nothing that was said leaves', async () => {
  await using collector = await otlpCollector()
  const env = { ...toCollector(collector), RUNNEL_TRACE_CONTENT: 'false' }
  const app = await testApp({ user: 'ada', components: catalog, env })
  server = app
  const data = flow({ ask: component('ChatInput'), model: component('OpenAIModel'), say: component('ChatOutput') }, [
    'ask.message -> model.input_value',
    'model.text_output -> say.input_value',
  ])
  const call = (path: string, body: unknown) =>
    app.app.inject({ method: 'POST', url: path, headers: { 'x-api-key': app.apiKey }, payload: JSON.stringify(body) })
  const { id } = (await call('/api/v1/flows/', { name: 'Broken', data })).json()
  expect((await call(`/api/v1/run/${id}`, { input_value: 'my secret question' })).statusCode).not.toBe(200)
  await app.close()
  server = undefined
  const [request] = await collector.arrived(1)
  const root = request?.spans.find(({ parentSpanId }) => parentSpanId === '')
  expect(root).toMatchObject({ name: 'Broken', status: { code: 2, message: 'failed' } })
  expect(root?.events).toMatchObject([{ name: 'exception' }])
  expect(
    Object.values(request?.spans ?? [])
      .map(({ attributes }) => JSON.stringify(attributes))
      .join(),
  ).not.toMatch(/my secret question|input\.value|output\.value/)
})

test('tracing that is switched off is sent nowhere', async () => {
  const env = { LANGWATCH_API_KEY: 'k', LANGFLOW_DEACTIVATE_TRACING: 'true' }
  const app = await testApp({ user: 'root', superuser: true, env })
  server = app
  const { exporters, deactivated } = await app.client.call(listTraceExporters, {})
  expect([exporters.some(({ configured }) => configured), deactivated]).toEqual([false, true])
})
