import type { Config } from '../config.ts'

/** The tools traces are sent to, in the order they are shown. */
export const TRACE_TOOLS = [
  { id: 'langsmith', name: 'LangSmith' },
  { id: 'langfuse', name: 'Langfuse' },
  { id: 'langwatch', name: 'LangWatch' },
  { id: 'arize', name: 'Arize AX' },
  { id: 'phoenix', name: 'Arize Phoenix' },
  { id: 'opik', name: 'Opik' },
  { id: 'traceloop', name: 'Traceloop' },
  { id: 'opentelemetry', name: 'OpenTelemetry' },
] as const
export type TraceToolId = (typeof TRACE_TOOLS)[number]['id']

/** A tool that takes traces by OTLP over HTTP. */
export interface ExportTarget {
  readonly id: TraceToolId
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  /** What is told of this server beside its name. */
  readonly resource: Readonly<Record<string, string>>
  readonly compress?: boolean
}

type Read = Config['environment']
/** Undefined where the environment does not name what it takes. */
type Reader = (
  read: Read,
) => (Omit<ExportTarget, 'id' | 'resource'> & Partial<Pick<ExportTarget, 'resource'>>) | undefined

/** The variables a tool is set up by, the required ones first: any one of a group will do. */
export const TOOL_VARIABLES: Readonly<Record<TraceToolId, readonly (readonly string[])[]>> = {
  langsmith: [['LANGSMITH_API_KEY', 'LANGCHAIN_API_KEY']],
  langfuse: [['LANGFUSE_PUBLIC_KEY'], ['LANGFUSE_SECRET_KEY']],
  langwatch: [['LANGWATCH_API_KEY']],
  arize: [['ARIZE_API_KEY'], ['ARIZE_SPACE_ID']],
  phoenix: [['PHOENIX_API_KEY', 'PHOENIX_COLLECTOR_ENDPOINT']],
  opik: [['OPIK_API_KEY', 'OPIK_URL_OVERRIDE']],
  traceloop: [['TRACELOOP_API_KEY', 'TRACELOOP_BASE_URL']],
  opentelemetry: [['OTEL_EXPORTER_OTLP_ENDPOINT', 'OTEL_EXPORTER_OTLP_TRACES_ENDPOINT']],
}

const readers: Readonly<Record<TraceToolId, Reader>> = {
  langsmith(read) {
    const project = first(read, 'LANGSMITH_PROJECT', 'LANGCHAIN_PROJECT')
    return {
      url: under(
        first(read, 'LANGSMITH_ENDPOINT', 'LANGCHAIN_ENDPOINT'),
        'https://api.smith.langchain.com',
        '/otel/v1/traces',
      ),
      headers: given({
        'x-api-key': first(read, 'LANGSMITH_API_KEY', 'LANGCHAIN_API_KEY'),
        'langsmith-project': project,
      }),
    }
  },
  langfuse(read) {
    const keys = `${read('LANGFUSE_PUBLIC_KEY')}:${read('LANGFUSE_SECRET_KEY')}`
    return {
      url: under(
        first(read, 'LANGFUSE_HOST', 'LANGFUSE_BASE_URL'),
        'https://cloud.langfuse.com',
        '/api/public/otel/v1/traces',
      ),
      headers: { authorization: `Basic ${Buffer.from(keys).toString('base64')}`, 'x-langfuse-ingestion-version': '4' },
    }
  },
  langwatch: (read) => ({
    url: under(read('LANGWATCH_ENDPOINT'), 'https://app.langwatch.ai', '/api/otel/v1/traces'),
    headers: bearer(read('LANGWATCH_API_KEY')),
  }),
  arize: (read) => ({
    url: under(read('ARIZE_COLLECTOR_ENDPOINT'), 'https://otlp.arize.com', '/v1/traces'),
    headers: given({
      api_key: read('ARIZE_API_KEY'),
      space_id: read('ARIZE_SPACE_ID'),
      ...bearer(read('ARIZE_API_KEY')),
    }),
    resource: { model_id: read('ARIZE_PROJECT_NAME') ?? 'runnel' },
  }),
  phoenix: (read) => ({
    url: under(read('PHOENIX_COLLECTOR_ENDPOINT'), 'https://app.phoenix.arize.com', '/v1/traces'),
    headers: given({ api_key: read('PHOENIX_API_KEY'), ...bearer(read('PHOENIX_API_KEY')) }),
    resource: { 'openinference.project.name': read('PHOENIX_PROJECT_NAME') ?? 'runnel' },
  }),
  opik: (read) => ({
    url: under(read('OPIK_URL_OVERRIDE'), 'https://www.comet.com/opik/api', '/v1/private/otel/v1/traces'),
    headers: given({
      authorization: read('OPIK_API_KEY'),
      'comet-workspace': read('OPIK_WORKSPACE') ?? 'default',
      projectname: read('OPIK_PROJECT_NAME'),
    }),
  }),
  traceloop: (read) => ({
    url: under(read('TRACELOOP_BASE_URL'), 'https://api.traceloop.com', '/v1/traces'),
    headers: bearer(read('TRACELOOP_API_KEY')),
  }),
  opentelemetry(read) {
    if (read('OTEL_SDK_DISABLED')?.toLowerCase() === 'true') return
    const whole = read('OTEL_EXPORTER_OTLP_TRACES_ENDPOINT')
    const headers = first(read, 'OTEL_EXPORTER_OTLP_TRACES_HEADERS', 'OTEL_EXPORTER_OTLP_HEADERS')
    const compression = first(read, 'OTEL_EXPORTER_OTLP_TRACES_COMPRESSION', 'OTEL_EXPORTER_OTLP_COMPRESSION')
    return {
      url: whole ?? under(read('OTEL_EXPORTER_OTLP_ENDPOINT'), '', '/v1/traces'),
      headers: pairs(headers),
      resource: pairs(read('OTEL_RESOURCE_ATTRIBUTES')),
      ...(compression === 'gzip' && { compress: true }),
    }
  },
}

/** The tools the environment names. `OTEL_SERVICE_NAME` names this server in all of them. */
export function exportTargets(read: Read): readonly ExportTarget[] {
  const service = { 'service.name': read('OTEL_SERVICE_NAME') ?? 'runnel' }
  return TRACE_TOOLS.flatMap(({ id }) => {
    const isNamed = TOOL_VARIABLES[id].every((group) => group.some((name) => read(name) !== undefined))
    const target = isNamed ? readers[id](read) : undefined
    return target ? { ...target, id, resource: { ...service, ...target.resource } } : []
  })
}

const first = (read: Read, ...names: readonly string[]): string | undefined =>
  names.map(read).find((value) => value !== undefined)

/** A path under an address; the address may end with it already. */
function under(address: string | undefined, usual: string, path: string): string {
  const base = (address ?? usual).replace(/\/+$/, '')
  return base.endsWith(path) ? base : base + path
}

const bearer = (key: string | undefined): Record<string, string> => (key ? { authorization: `Bearer ${key}` } : {})

const given = (headers: Readonly<Record<string, string | undefined>>): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).filter((entry): entry is [string, string] => entry[1] !== undefined))

/** `a=1,b=2`, the values percent-encoded, as OpenTelemetry writes headers and attributes. */
function pairs(text: string | undefined): Record<string, string> {
  const entries = (text ?? '').split(',').flatMap((pair): [string, string][] => {
    const at = pair.indexOf('=')
    return at < 1 ? [] : [[pair.slice(0, at).trim(), decoded(pair.slice(at + 1).trim())]]
  })
  return Object.fromEntries(entries)
}

function decoded(value: string): string {
  try {
    return decodeURIComponent(value)
  } catch {
    // Not encoded: as it stands.
    return value
  }
}
