import { expect, test } from 'vitest'
import { exportTargets } from './export-targets.ts'

const targetsOf = (environment: Readonly<Record<string, string>>) => exportTargets((name) => environment[name])

test('without their variables no tool is sent anything', () => {
  expect(targetsOf({ LANGFUSE_PUBLIC_KEY: 'pk', ARIZE_API_KEY: 'key', OTEL_SERVICE_NAME: 'mine' })).toEqual([])
})

test.each([
  [
    { LANGSMITH_API_KEY: 'k', LANGSMITH_PROJECT: 'p' },
    'https://api.smith.langchain.com/otel/v1/traces',
    { 'x-api-key': 'k', 'langsmith-project': 'p' },
  ],
  [
    { LANGCHAIN_API_KEY: 'k', LANGCHAIN_ENDPOINT: 'https://eu.api.smith.langchain.com/' },
    'https://eu.api.smith.langchain.com/otel/v1/traces',
    { 'x-api-key': 'k' },
  ],
  [
    { LANGFUSE_PUBLIC_KEY: 'pk', LANGFUSE_SECRET_KEY: 'sk', LANGFUSE_HOST: 'http://localhost:3000' },
    'http://localhost:3000/api/public/otel/v1/traces',
    { authorization: 'Basic cGs6c2s=', 'x-langfuse-ingestion-version': '4' },
  ],
  [{ LANGWATCH_API_KEY: 'k' }, 'https://app.langwatch.ai/api/otel/v1/traces', { authorization: 'Bearer k' }],
  [
    { ARIZE_API_KEY: 'k', ARIZE_SPACE_ID: 's' },
    'https://otlp.arize.com/v1/traces',
    { api_key: 'k', space_id: 's', authorization: 'Bearer k' },
  ],
  [{ PHOENIX_COLLECTOR_ENDPOINT: 'http://127.0.0.1:6006/v1/traces' }, 'http://127.0.0.1:6006/v1/traces', {}],
  [
    { OPIK_API_KEY: 'k', OPIK_WORKSPACE: 'w', OPIK_PROJECT_NAME: 'p' },
    'https://www.comet.com/opik/api/v1/private/otel/v1/traces',
    { authorization: 'k', 'comet-workspace': 'w', projectname: 'p' },
  ],
  [{ TRACELOOP_API_KEY: 'k' }, 'https://api.traceloop.com/v1/traces', { authorization: 'Bearer k' }],
  [
    { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector:4318', OTEL_EXPORTER_OTLP_HEADERS: 'x-a=1%202, x-b=3' },
    'http://collector:4318/v1/traces',
    { 'x-a': '1 2', 'x-b': '3' },
  ],
  [{ OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'http://collector:4318/in' }, 'http://collector:4318/in', {}],
])('%o is sent to %s', (environment, url, headers) => {
  expect(targetsOf(environment)).toMatchObject([{ url, headers }])
})

test('a server is called by its service name everywhere, and by what else the tool asks', () => {
  const targets = targetsOf({
    OTEL_SERVICE_NAME: 'mine',
    PHOENIX_API_KEY: 'k',
    PHOENIX_PROJECT_NAME: 'p',
    OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector:4318',
    OTEL_RESOURCE_ATTRIBUTES: 'deployment.environment.name=test',
    OTEL_EXPORTER_OTLP_COMPRESSION: 'gzip',
  })
  expect(targets.map(({ id, resource, compress }) => [id, resource, compress])).toEqual([
    ['phoenix', { 'service.name': 'mine', 'openinference.project.name': 'p' }, undefined],
    ['opentelemetry', { 'service.name': 'mine', 'deployment.environment.name': 'test' }, true],
  ])
  expect(targetsOf({ OTEL_SDK_DISABLED: 'true', OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector' })).toEqual([])
})
