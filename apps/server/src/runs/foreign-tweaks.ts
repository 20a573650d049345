import type { Graph, GraphField } from '@runnel/engine/graph'
import type { Overlay } from '@runnel/engine/run-scope'
import { AppError } from '@runnel/protocol/errors'

/** Names of fields that say where something is or lies. */
const PLACE = /url|address|endpoint|host|path|base$|directory|folder/i

/** Names of fields that say which other flow of the owner runs. */
const OTHER_FLOW = /^flow_(id|name)(_selected)?$/

/**
 * Refuses tweaks with which somebody who was let into another user's public flow could reach that user's files and
 * secrets, or send them elsewhere.
 * @throws AppError `tweak_refused` naming the field.
 */
export function checkForeignTweaks(graph: Graph, overlay: Overlay): void {
  for (const [index, fields] of overlay) {
    for (const [name, field] of fields) {
      if (isSensitive(name, field)) throw new AppError('tweak_refused', [name, graph.nodes[index]?.displayName ?? ''])
    }
  }
}

/** Refuses tweaks with which a key for some flows would run others. @throws AppError `key_scope` */
export function checkOtherFlows(overlay: Overlay): void {
  for (const fields of overlay.values()) {
    for (const name of fields.keys()) {
      if (OTHER_FLOW.test(name)) throw new AppError('key_scope', [`it is for some flows only, and ${name} names one`])
    }
  }
}

function isSensitive(name: string, { declared, template, variable }: GraphField): boolean {
  if (variable !== undefined || template?.type === 'file' || declared?.coercion === 'file') return true
  return (template?.password ?? declared?.attributes.password) === true || PLACE.test(name) || OTHER_FLOW.test(name)
}
