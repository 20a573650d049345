/** The part of the browser's speech recognition that is used; not every browser has one. */
interface Recognition extends EventTarget {
  lang: string
  continuous: boolean
  interimResults: boolean
  onresult: ((event: RecognitionResult) => void) | null
  onerror: ((event: { readonly error: string }) => void) | null
  onend: (() => void) | null
  start(): void
  stop(): void
  abort(): void
}

interface RecognitionResult {
  readonly results: ArrayLike<ArrayLike<{ readonly transcript: string }> & { readonly isFinal: boolean }>
}

type MakeRecognition = new () => Recognition

/** What the browser calls it; undefined where it cannot hear. */
function recognitionOf(scope: object): MakeRecognition | undefined {
  const made: unknown = Reflect.get(scope, 'SpeechRecognition') ?? Reflect.get(scope, 'webkitSpeechRecognition')
  // A constructor of the platform, by its specified name.
  return typeof made === 'function' ? (made as MakeRecognition) : undefined
}

export const canDictate = (scope: object = globalThis): boolean => recognitionOf(scope) !== undefined

/** Why nothing was heard; keys of the words `dictation`. */
export type DictationProblem = 'denied' | 'noMicrophone' | 'network' | 'language' | 'failed'

const PROBLEMS: Readonly<Record<string, DictationProblem>> = {
  'not-allowed': 'denied',
  'service-not-allowed': 'denied',
  'audio-capture': 'noMicrophone',
  network: 'network',
  'language-not-supported': 'language',
}
/** Endings that are nobody's fault: silence, and being stopped. */
const QUIET: readonly string[] = ['no-speech', 'aborted']

export interface DictationOptions {
  /** Of the speech, `zh-CN`. */
  readonly language: string
  /** All that was heard since the beginning, the unsure end of it too. */
  readonly onText: (text: string) => void
  /** Called once, when it has stopped listening. */
  readonly onEnd: (problem: DictationProblem | undefined) => void
  readonly scope?: object
}

export interface Dictation {
  /** Stops listening; what was said so far is still told. */
  finish(): void
  /** Stops listening and tells nothing any more. */
  drop(): void
}

/** Listens until it is stopped. */
export function dictate({ language, onText, onEnd, scope = globalThis }: DictationOptions): Dictation {
  const Made = recognitionOf(scope)
  if (!Made) throw new Error('This browser cannot recognise speech')
  const heard = new Made()
  let problem: DictationProblem | undefined
  let isDropped = false
  heard.lang = language
  heard.continuous = true
  heard.interimResults = true
  heard.onresult = ({ results }) => {
    if (!isDropped) onText(Array.from(results, (one) => one[0]?.transcript ?? '').join(''))
  }
  heard.onerror = ({ error }) => {
    if (!QUIET.includes(error)) problem = PROBLEMS[error] ?? 'failed'
  }
  heard.onend = () => onEnd(problem)
  heard.start()
  return {
    finish: () => heard.stop(),
    drop() {
      isDropped = true
      heard.abort()
    },
  }
}

/** What was written, and what was heard after it. Words of a language with blanks are kept apart. */
export function joinHeard(written: string, heard: string): string {
  const said = heard.trim()
  const isApart = written === '' || /\s$/.test(written) || /[\p{Script=Han}\p{P}]$/u.test(written)
  return said === '' ? written : `${written}${isApart ? '' : ' '}${said}`
}
