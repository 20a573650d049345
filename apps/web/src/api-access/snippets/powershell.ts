import { powershellKey, powershellPost } from '../../publications/powershell-post.ts'
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

const exportKey = (call: Call, needsKey: boolean): string =>
  needsKey && call.key === undefined ? `# $env:${KEY_VARIABLE} = "${KEY_PLACEHOLDER}"\n` : ''

const keyOf = (call: Call, needsKey: boolean): string | undefined =>
  needsKey ? (call.key ?? `$env:${KEY_VARIABLE}`) : undefined

const post = (call: Call, url: string, needsKey: boolean, body: unknown, flags = ''): string =>
  exportKey(call, needsKey) + powershellPost({ url, body, key: keyOf(call, needsKey), flags })

const runBody = (call: Call, tweaks = {}) => ({ ...runPayload(call.inputs, tweaks), session_id: SESSION_PLACEHOLDER })

function upload(call: Call): readonly Snippet[] {
  const steps = uploadSteps(call)
  const uploads = steps.map(
    ({ url, sampleName }) =>
      `curl.exe --request POST --url "${url}"${powershellKey(keyOf(call, call.needsKey))} --form "file=@${sampleName}"`,
  )
  const tweaks = Object.fromEntries(
    steps.map((step) => [
      step.nodeId,
      { [step.field]: fileTweak(step, `REPLACE_WITH_FILE_PATH_FROM_UPLOAD_${step.number}`) },
    ]),
  )
  return [
    { step: 'upload', code: `${exportKey(call, call.needsKey)}${uploads.join('\n')}\n` },
    { step: 'run', code: post(call, `${runUrl(call)}?stream=false`, call.needsKey, runBody(call, tweaks)) },
  ]
}

/** The call as commands of PowerShell on Windows. */
export function powershellSnippets(call: Call, mode: Mode): readonly Snippet[] {
  switch (mode) {
    case 'run':
      return [{ code: post(call, `${runUrl(call)}?stream=false`, call.needsKey, runBody(call)) }]
    case 'stream':
      return [{ code: post(call, `${runUrl(call)}?stream=true`, call.needsKey, runBody(call), ' -N') }]
    case 'webhook':
      return [
        {
          code: `# The answer comes at once: the task started in the background and is in progress.\n${post(call, webhookUrl(call), call.webhookNeedsKey, { any: 'data' })}`,
        },
      ]
    case 'background':
      return [
        { step: 'start', code: post(call, jobsUrl(call), call.needsKey, jobBody(call)) },
        { step: 'poll', code: poll(call) },
        { step: 'stop', code: post(call, `${jobsUrl(call)}/stop`, call.needsKey, { job_id: JOB_PLACEHOLDER }) },
      ]
    case 'upload':
      return upload(call)
    case 'openai': {
      const body = openAiBody(call)
      return [
        { step: 'whole', code: post(call, openAiUrl(call), call.needsKey, body) },
        { step: 'pieces', code: post(call, openAiUrl(call), call.needsKey, { ...body, stream: true }, ' -N') },
      ]
    }
    default:
      mode satisfies never
      return []
  }
}

/** Asks how a run in the background goes, and for its result. */
const poll = (call: Call): string =>
  `${exportKey(call, call.needsKey)}curl.exe --request GET --url "${jobsUrl(call)}?job_id=${JOB_PLACEHOLDER}"${powershellKey(keyOf(call, call.needsKey))}\n`
