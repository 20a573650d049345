import type { FileField, FlowInputs } from './flow-inputs.ts'

export const MODES = ['run', 'stream', 'webhook', 'background', 'upload', 'openai'] as const
export type Mode = (typeof MODES)[number]
export const CODE_LANGUAGES = ['python', 'javascript', 'curl', 'powershell'] as const
export type CodeLanguage = (typeof CODE_LANGUAGES)[number]

/** Everything a snippet says, before it is said in a language. */
export interface Call {
  /** `http://localhost:7860` */
  readonly origin: string
  readonly flowId: string
  /** What stands in the address: the endpoint name, or the id. */
  readonly target: string
  readonly inputs: FlowInputs
  /** The server refuses calls without a key. */
  readonly needsKey: boolean
  /** The same for webhooks. */
  readonly webhookNeedsKey: boolean
  /** A key the user has just made and wants to see; else programs read it from the environment. */
  readonly key: string | undefined
}

/** One block of code; a way in several steps has several. */
export interface Snippet {
  /** Of a way in several steps. */
  readonly step?: 'upload' | 'run' | 'start' | 'poll' | 'stop' | 'whole' | 'pieces'
  readonly code: string
}

/** What a flow is asked that begins with no text. */
export const DEFAULT_TEXT = 'hello world!'

export const KEY_VARIABLE = 'LANGFLOW_API_KEY'
export const KEY_PLACEHOLDER = 'YOUR_API_KEY_HERE'
export const SESSION_PLACEHOLDER = 'YOUR_SESSION_ID_HERE'

export const runUrl = ({ origin, target }: Call): string => `${origin}/api/v1/run/${encodeURIComponent(target)}`
export const webhookUrl = ({ origin, target }: Call): string => `${origin}/api/v1/webhook/${encodeURIComponent(target)}`

/** What OpenAI's clients call; they add the rest of the path themselves. */
export const openAiBase = ({ origin }: Pick<Call, 'origin'>): string => `${origin}/api/v1/`
export const openAiUrl = (call: Pick<Call, 'origin'>): string => `${openAiBase(call)}responses`
/** Their clients do not go without a key. */
export const NO_KEY_NEEDED = 'not-needed'

/** What they are asked with: the flow in the place of a model. */
export const openAiBody = ({ target, inputs }: Pick<Call, 'target' | 'inputs'>) => ({
  model: target,
  input: inputs.inputText ?? DEFAULT_TEXT,
})

/** Where runs in the background begin, and how they go once the id of their job stands in the query. */
export const jobsUrl = ({ origin }: Pick<Call, 'origin'>): string => `${origin}/api/v2/workflows`

/** When the printed code stops a run in the background that still goes on. */
export const LONGEST_SECONDS = 600
export const JOB_PLACEHOLDER = 'REPLACE_WITH_JOB_ID_FROM_START'

/** One file to send, and where its path goes afterwards. */
export interface UploadStep extends FileField {
  /** From 1. */
  readonly number: number
  readonly url: string
  /** Stands for a file of the caller's. */
  readonly sampleName: string
  /** The key of the answer that holds the path. */
  readonly answerKey: 'file_path' | 'path'
}

export const uploadSteps = ({ origin, flowId, inputs }: Call): readonly UploadStep[] =>
  inputs.fileFields.map((field, index) => {
    const number = index + 1
    return field.kind === 'chat'
      ? {
          ...field,
          number,
          url: `${origin}/api/v1/files/upload/${flowId}`,
          sampleName: `your_image_${number}.jpg`,
          answerKey: 'file_path',
        }
      : {
          ...field,
          number,
          url: `${origin}/api/v2/files`,
          sampleName: field.kind === 'video' ? `your_video_${number}.mp4` : `your_file_${number}.pdf`,
          answerKey: 'path',
        }
  })

/** The value of a file field: a node that reads files takes a list. */
export const fileTweak = <Path>({ kind }: FileField, path: Path): Path | readonly Path[] =>
  kind === 'file' ? [path] : path
