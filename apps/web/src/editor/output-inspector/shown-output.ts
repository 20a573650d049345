import type { NodeOutput } from '../model/flow-document.ts'
import type { NodeRun, ShownOutput } from '../run/node-run.ts'

/** What the last run of a node gave at one of its outputs; at a group's, what the node inside gave. */
export function shownOutputOf(
  run: Pick<NodeRun, 'outputs'> | undefined,
  { name, proxy }: Pick<NodeOutput, 'name' | 'proxy'>,
): ShownOutput | undefined {
  const value: unknown = run?.outputs[name] ?? (proxy && run?.outputs[proxy.name])
  // A loop shows a list: one for each time round.
  const last: unknown = Array.isArray(value) ? value.at(-1) : value
  return isShownOutput(last) ? last : undefined
}

const WORDS = 200

/** The beginning of what a node said at its first output with a text; undefined when it said nothing. */
export function saidBy({ outputs }: Pick<NodeRun, 'outputs'>): string | undefined {
  const said = Object.keys(outputs)
    .map((name) => shownOutputOf({ outputs }, { name }))
    .flatMap((output) => (output?.type === 'text' && typeof output.message === 'string' ? [output.message.trim()] : []))
    .find((text) => text !== '')
  return said === undefined || said.length <= WORDS ? said : `${said.slice(0, WORDS)}…`
}

const isShownOutput = (value: unknown): value is ShownOutput =>
  typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string'

/** Whether there is anything to look at. */
export const canInspect = (output: ShownOutput | undefined): boolean =>
  output !== undefined && output.type !== 'unknown' && !isEmpty(output.message)

const isEmpty = (message: unknown): boolean =>
  message === undefined ||
  message === null ||
  message === '' ||
  (typeof message === 'object' && Object.keys(message).length === 0)
