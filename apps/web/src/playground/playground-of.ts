import type { Workspace } from '../editor/editor-context.tsx'
import { createOwnBackend } from './model/own-backend.ts'
import { createPlayground } from './model/playground.ts'
import type { Playground } from './model/playground-state.ts'

const playgrounds = new WeakMap<Workspace, Playground>()

/** The conversations of an open flow: they outlast the panel, and nothing of them reaches another flow. */
export function playgroundOf(workspace: Workspace): Playground {
  const known = playgrounds.get(workspace)
  if (known) return known
  const made = createPlayground({ backend: createOwnBackend(workspace) })
  playgrounds.set(workspace, made)
  return made
}
