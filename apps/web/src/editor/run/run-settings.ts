import type { RunRequest } from './flow-runner.ts'

/** How the canvas runs a flow until the page is left; nothing of it is saved with the flow. */
export interface RunSettings {
  /** Given to the Chat Input; empty: what it holds. */
  readonly text: string
  /** Empty: the session of the flow itself. */
  readonly sessionId: string
  readonly files: readonly RunFile[]
  /** Values of global variables, line by line. */
  readonly variables: readonly (readonly [name: string, value: string])[]
  /** A published version; undefined: the draft. */
  readonly version: number | undefined
  /** Whether the server keeps what each step was given and gave. */
  readonly keepsSteps: boolean
}

export interface RunFile {
  readonly name: string
  /** Where the server has it. */
  readonly path: string
}

export const plainSettings: RunSettings = {
  text: '',
  sessionId: '',
  files: [],
  variables: [],
  version: undefined,
  keepsSteps: true,
}

/** What a run is asked for by these settings. */
export function askedBy(settings: RunSettings, flowId: string): Omit<RunRequest, 'document'> {
  const { text, sessionId, files, variables, version, keepsSteps } = settings
  const named = variables.filter(([name]) => name.trim() !== '').map(([name, value]) => [name.trim(), value] as const)
  const hasInput = text !== '' || sessionId !== '' || files.length > 0
  return {
    ...(hasInput && {
      input: { ...(text !== '' && { text }), sessionId: sessionId || flowId, files: files.map(({ path }) => path) },
    }),
    ...(named.length > 0 && { variables: Object.fromEntries(named) }),
    ...(version !== undefined && { version }),
    ...(!keepsSteps && { keepsSteps }),
  }
}

/** Whether a run would be another than without settings. */
export const isChanged = (settings: RunSettings): boolean => Object.keys(askedBy(settings, '')).length > 0
