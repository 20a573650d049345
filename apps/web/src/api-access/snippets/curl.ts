import {
  type Call,
  fileTweak,
  JOB_PLACEHOLDER,
  jobsUrl,
  KEY_PLACEHOLDER,
  KEY_VARIABLE,
  type Mode,
  openAiBody,
  openAiUrl,
  runUrl,
  SESSION_PLACEHOLDER,
  type Snippet,
  uploadSteps,
  webhookUrl,
} from '../call.ts'
import { jobBody, runPayload } from '../run-payload.ts'

/** A text between single quotes of a shell, whatever it holds. */
const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`

const pretty = (value: unknown): string => JSON.stringify(value, null, 2)

interface Request {
  readonly url: string
  readonly needsKey: boolean
  readonly body: unknown
  readonly flags?: string
}

const exportKey = (call: Call, needsKey: boolean): string =>
  needsKey && call.key === undefined ? `# export ${KEY_VARIABLE}=${KEY_PLACEHOLDER}\n` : ''

const keyHeader = (call: Call, needsKey: boolean): readonly string[] =>
  needsKey ? [`--header "x-api-key: ${call.key ?? `$${KEY_VARIABLE}`}"`] : []

const post = (call: Call, { url, needsKey, body, flags }: Request): string =>
  `${exportKey(call, needsKey)}${[
    `curl --request POST${flags ? ` ${flags}` : ''}`,
    `--url "${url}"`,
    '--header "Content-Type: application/json"',
    ...keyHeader(call, needsKey),
    `--data ${quoted(pretty(body))}`,
  ].join(' \\\n  ')}\n`

const runBody = (call: Call, tweaks = {}) => ({ ...runPayload(call.inputs, tweaks), session_id: SESSION_PLACEHOLDER })

function upload(call: Call): readonly Snippet[] {
  const steps = uploadSteps(call)
  const uploads = steps.map(({ url, sampleName }) =>
    ['curl --request POST', `--url "${url}"`, ...keyHeader(call, call.needsKey), `--form "file=@${sampleName}"`].join(
      ' \\\n  ',
    ),
  )
  const tweaks = Object.fromEntries(
    steps.map((step) => [
      step.nodeId,
      { [step.field]: fileTweak(step, `REPLACE_WITH_FILE_PATH_FROM_UPLOAD_${step.number}`) },
    ]),
  )
  return [
    { step: 'upload', code: `${exportKey(call, call.needsKey)}${uploads.join('\n\n')}\n` },
    {
      step: 'run',
      code: post(call, { url: `${runUrl(call)}?stream=false`, needsKey: call.needsKey, body: runBody(call, tweaks) }),
    },
  ]
}

/** The call as commands of a shell of macOS or Linux. */
export function curlSnippets(call: Call, mode: Mode): readonly Snippet[] {
  const { needsKey, webhookNeedsKey } = call
  switch (mode) {
    case 'run':
      return [{ code: post(call, { url: `${runUrl(call)}?stream=false`, needsKey, body: runBody(call) }) }]
    case 'stream':
      return [{ code: post(call, { url: `${runUrl(call)}?stream=true`, needsKey, body: runBody(call), flags: '-N' }) }]
    case 'webhook':
      return [
        {
          code: `# The answer comes at once: the task started in the background and is in progress.\n${post(call, { url: webhookUrl(call), needsKey: webhookNeedsKey, body: { any: 'data' } })}`,
        },
      ]
    case 'background':
      return [
        {
          step: 'start',
          code: post(call, { url: jobsUrl(call), needsKey, body: jobBody(call) }),
        },
        { step: 'poll', code: poll(call) },
        {
          step: 'stop',
          code: post(call, { url: `${jobsUrl(call)}/stop`, needsKey, body: { job_id: JOB_PLACEHOLDER } }),
        },
      ]
    case 'upload':
      return upload(call)
    case 'openai': {
      const body = openAiBody(call)
      const url = openAiUrl(call)
      return [
        { step: 'whole', code: post(call, { url, needsKey, body }) },
        { step: 'pieces', code: post(call, { url, needsKey, body: { ...body, stream: true }, flags: '-N' }) },
      ]
    }
    default:
      mode satisfies never
      return []
  }
}

/** Asks how a run in the background goes, and for its result. */
const poll = (call: Call): string =>
  `${exportKey(call, call.needsKey)}${['curl --request GET', `--url "${jobsUrl(call)}?job_id=${JOB_PLACEHOLDER}"`, ...keyHeader(call, call.needsKey)].join(' \\\n  ')}\n`
