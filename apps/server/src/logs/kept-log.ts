import type { Config } from '../config.ts'
import { createLog, type Log } from '../log.ts'
import { createLogBuffer, type LogBuffer } from './log-buffer.ts'

/** Lines kept when they are to be kept and nobody says how many. */
const USUAL_SIZE = 10_000

type Settings = Pick<Config, 'logLevel' | 'enableLogRetrieval' | 'logBufferSize'>

/** How many lines the settings ask to keep; 0 while retrieval is off. */
export const linesKept = ({ enableLogRetrieval, logBufferSize }: Omit<Settings, 'logLevel'>): number =>
  Math.max(0, logBufferSize ?? (enableLogRetrieval ? USUAL_SIZE : 0))

/** A log that also keeps its lines for those who may read them, as far as the settings say. */
export function keepLog(
  log: Log,
  settings: Settings,
  now: () => number,
): { readonly log: Log; readonly kept: LogBuffer } {
  const kept = createLogBuffer(linesKept(settings), now)
  if (kept.size === 0) return { log, kept }
  const buffer = createLog(settings.logLevel, kept.add)
  const both =
    (name: keyof Log): Log[keyof Log] =>
    (message, details) => {
      log[name](message, details)
      buffer[name](message, details)
    }
  return { log: { error: both('error'), warn: both('warn'), info: both('info') }, kept }
}
