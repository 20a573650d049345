import type { Command } from './command.ts'

/** Deletes nodes with their edges, and edges. */
export const remove: Command<{ readonly nodes: ReadonlySet<string>; readonly edges: ReadonlySet<string> }> = {
  id: 'remove',
  apply: (document, { nodes, edges }) => ({
    ...document,
    nodes: document.nodes.filter(({ id }) => !nodes.has(id)),
    edges: document.edges.filter(
      ({ id, source, target }) => !edges.has(id) && !nodes.has(source) && !nodes.has(target),
    ),
  }),
}
