import { createHash } from 'node:crypto'
import { isObject } from '@runnel/protocol/json'
import type { TraceSpan } from '@runnel/protocol/monitor'
import type { RunRecord, RunStepRecord } from '@runnel/storage/run-records'
import { toTrace } from '../monitor/trace-wire.ts'
import { messageAttributes } from './model-messages.ts'
import type { Attributes, OtlpSpan } from './otlp.ts'

/** Longer texts are cut: tools refuse large spans. */
const MOST_CHARACTERS = 32_000

export interface ExportedRun {
  readonly run: RunRecord
  readonly steps: readonly RunStepRecord[]
  readonly flowName: string
  /** false: what was given and what came out stays here. */
  readonly withContent: boolean
}

/** A run as spans that tools understand: those of its trace, told in the words of OpenTelemetry for generative AI. */
export function spansOfRun({ run, steps, flowName, withContent }: ExportedRun): readonly OtlpSpan[] {
  const traceId = run.id.replaceAll('-', '')
  return toTrace(run, steps).map((span): OtlpSpan => {
    const startUs = Date.parse(span.started_at) * 1000
    const error = span.error === null ? undefined : withContent ? cut(span.error) : 'failed'
    return {
      traceId,
      spanId: spanId(span.id),
      ...(span.parent_id !== null && { parentSpanId: spanId(span.parent_id) }),
      name: nameOf(span, flowName),
      kind: span.kind === 'flow' ? 'server' : span.kind === 'model' ? 'client' : 'internal',
      startUs,
      endUs: startUs + Math.round((span.duration_ms ?? 0) * 1000),
      attributes: {
        'session.id': run.sessionId,
        'gen_ai.conversation.id': run.sessionId,
        'runnel.flow.id': run.flowId,
        'openinference.span.kind': OPEN_INFERENCE[span.kind],
        ...byKind(span, run, flowName),
        ...(withContent && contentOf(span)),
        ...(error !== undefined && { 'error.type': run.errorCode ?? 'error' }),
      },
      ...(error !== undefined && { error }),
    }
  })
}

/** The tools of Arize, and others with them, tell spans apart by these. */
const OPEN_INFERENCE = {
  flow: 'CHAIN',
  component: 'CHAIN',
  model: 'LLM',
  tool: 'TOOL',
  retriever: 'RETRIEVER',
} as const

function nameOf({ kind, name, node_id }: TraceSpan, flowName: string): string {
  if (kind === 'flow') return flowName
  if (kind === 'model') return `chat ${name}`
  if (kind === 'tool') return `execute_tool ${name}`
  return name || (node_id ?? kind)
}

function byKind(span: TraceSpan, run: RunRecord, flowName: string): Attributes {
  const { kind, name, node_id } = span
  if (kind === 'flow') {
    return {
      'runnel.flow.name': flowName,
      'runnel.run.id': run.id,
      'runnel.run.kind': run.kind,
      'runnel.run.status': run.status,
      'user.id': run.userId ?? undefined,
      'runnel.flow.version': run.published ?? undefined,
    }
  }
  const node = { 'runnel.node.id': node_id ?? undefined }
  if (kind === 'tool') return { ...node, 'gen_ai.operation.name': 'execute_tool', 'gen_ai.tool.name': name }
  if (kind === 'model') return { ...node, ...modelAttributes(span) }
  return node
}

function modelAttributes({ model, name, token_usage, cost, retries, output }: TraceSpan): Attributes {
  const provider = model ? providerName(model.provider) : undefined
  const settings = model?.settings ?? {}
  const finish = isObject(output) && typeof output.finish_reason === 'string' ? [output.finish_reason] : undefined
  return {
    'gen_ai.operation.name': 'chat',
    'gen_ai.provider.name': provider,
    // By its older name for tools that know only that.
    'gen_ai.system': provider,
    'gen_ai.request.model': model?.model ?? name,
    'gen_ai.response.model': model?.model ?? name,
    'gen_ai.request.temperature': numberIn(settings.temperature),
    'gen_ai.request.top_p': numberIn(settings.top_p),
    'gen_ai.request.max_tokens': numberIn(settings.max_tokens),
    'gen_ai.response.finish_reasons': finish,
    'gen_ai.usage.input_tokens': token_usage?.input_tokens,
    'gen_ai.usage.output_tokens': token_usage?.output_tokens,
    // US dollars.
    'gen_ai.usage.cost': cost ?? undefined,
    'llm.model_name': model?.model ?? name,
    'llm.token_count.prompt': token_usage?.input_tokens,
    'llm.token_count.completion': token_usage?.output_tokens,
    'runnel.retries': retries > 0 ? retries : undefined,
  }
}

function contentOf(span: TraceSpan): Attributes {
  const [input, output] = [shown(span.input), shown(span.output)]
  return {
    'input.value': input?.text,
    'input.mime_type': input?.mime,
    'output.value': output?.text,
    'output.mime_type': output?.mime,
    ...(span.kind === 'model' && messageAttributes(span, cut)),
    ...(span.kind === 'tool' && {
      'gen_ai.tool.call.arguments': input?.text,
      'gen_ai.tool.call.result': output?.text,
    }),
  }
}

function shown(value: unknown): { readonly text: string; readonly mime: string } | undefined {
  if (value === null || value === undefined) return
  if (typeof value === 'string') return { text: cut(value), mime: 'text/plain' }
  return { text: cut(JSON.stringify(value)), mime: 'application/json' }
}

/** As OpenTelemetry names providers; others by their own name in small letters. */
const PROVIDERS: Readonly<Record<string, string>> = {
  'Azure OpenAI': 'azure.ai.openai',
  'Azure AI Foundry': 'azure.ai.inference',
  'Amazon Bedrock': 'aws.bedrock',
  'Google Generative AI': 'gcp.gemini',
  'Vertex AI': 'gcp.vertex_ai',
  'IBM WatsonX': 'ibm.watsonx.ai',
  Mistral: 'mistral_ai',
  xAI: 'x_ai',
}
const providerName = (title: string): string => PROVIDERS[title] ?? title.toLowerCase().replaceAll(' ', '_')

const numberIn = (value: unknown): number | undefined => (typeof value === 'number' ? value : undefined)

const cut = (text: string): string => (text.length > MOST_CHARACTERS ? `${text.slice(0, MOST_CHARACTERS)}…` : text)

const spanId = (id: string): string => createHash('sha256').update(id).digest('hex').slice(0, 16)
