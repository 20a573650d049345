import type { Command } from './command.ts'

/** Deletes nodes with their edges, and edges. What is gone already is no step of the history. */
export const remove: Command<{ readonly nodes: ReadonlySet<string>; readonly edges: ReadonlySet<string> }> = {
  id: 'remove',
  apply(document, { nodes, edges }) {
    const left = {
      nodes: document.nodes.filter(({ id }) => !nodes.has(id)),
      edges: document.edges.filter(
        ({ id, source, target }) => !edges.has(id) && !nodes.has(source) && !nodes.has(target),
      ),
    }
    const isSame = left.nodes.length === document.nodes.length && left.edges.length === document.edges.length
    return isSame ? document : { ...document, ...left }
  },
}
