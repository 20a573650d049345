import { type FlowNode, isNote } from '../model/flow-document.ts'
import { isFolded, isFrame } from '../model/frames.ts'
import type { Command } from './command.ts'

/** Folds nodes to their header and frames to their title, or unfolds them. */
export const setMinimised: Command<{ readonly nodes: ReadonlySet<string>; readonly minimised: boolean }> = {
  id: 'set-minimised',
  apply(document, { nodes, minimised }) {
    const differs = (node: FlowNode): boolean =>
      nodes.has(node.id) && (isFrame(node) ? isFolded(node) !== minimised : isUnlike(node, minimised))
    if (!document.nodes.some(differs)) return document
    return { ...document, nodes: document.nodes.map((node) => (differs(node) ? folded(node, minimised) : node)) }
  },
}

const isUnlike = (node: FlowNode, minimised: boolean): boolean =>
  !isNote(node) && (node.data.showNode === false) !== minimised

const folded = (node: FlowNode, minimised: boolean): FlowNode =>
  isFrame(node)
    ? { ...node, data: { ...node.data, frame: { ...node.data.frame, folded: minimised } } }
    : { ...node, data: { ...node.data, showNode: !minimised } }
