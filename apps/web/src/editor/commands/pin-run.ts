import type { Command } from './command.ts'
import { pinOutputs } from './pin-outputs.ts'

/** Pins what a run gave to many nodes at once, as one step. */
export const pinRun: Command<{
  /** By node, then by output. */
  readonly pins: ReadonlyMap<string, Readonly<Record<string, unknown>>>
}> = {
  id: 'pin-run',
  apply: (document, { pins }) =>
    [...pins].reduce((next, [nodeId, outputs]) => pinOutputs.apply(next, { nodeId, outputs }), document),
}
