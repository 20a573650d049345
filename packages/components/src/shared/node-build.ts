import type { RunContext } from '@runnel/sdk'

/**
 * What is the same for all outputs of one build of a node and differs from every other build: the engine's count of
 * them where it keeps one, else the context, which each build has of its own.
 */
export const buildOf = (context: RunContext): unknown => context.state.get(`${context.node.id}:build`) ?? context
