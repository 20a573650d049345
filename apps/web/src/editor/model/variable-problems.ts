import { componentText } from '../../i18n/component-text.ts'
import { type FlowDocument, fieldsOf } from './flow-document.ts'
import { canvasHandles, handleName } from './handles.ts'
import { isBypassed, type Problem } from './problems.ts'
import { involvedNodes, type RunPart } from './topology.ts'

/**
 * One problem for each field whose value is that of a variable there is not, as the server finds them before it runs.
 * @param isKnown whether there is a variable of a name
 */
export function variableProblems(
  document: FlowDocument,
  isKnown: (name: string) => boolean,
  part: RunPart = {},
): readonly Problem[] {
  const involved = involvedNodes(document, part)
  const found = document.nodes.flatMap((node): readonly Problem[] => {
    const component = node.data.node
    const fields = fieldsOf(component)
    // What is frozen may not run, and who chooses a model finds the key of its provider.
    const isAsked = !isBypassed(node) && !component.frozen && !fields.some(([, field]) => field.type === 'model')
    if (!isAsked || !(involved?.has(node.id) ?? true)) return []
    return fields
      .filter(([, field]) => field.load_from_db === true && field.show === true)
      .flatMap(([name, field]): readonly Problem[] => {
        const { value: variable } = field
        if (typeof variable !== 'string' || variable === '' || isKnown(variable)) return []
        const values = {
          component: componentText(component.display_name),
          field: field.display_name ? componentText(field.display_name) : name,
          variable,
        }
        return [{ key: 'noVariable', values, nodeId: node.id, field: name }]
      })
  })
  // Looked through for what is found alone: nearly always there is nothing.
  if (found.length === 0) return found
  const filled = new Set(document.edges.map((edge) => `${edge.target} ${handleName(canvasHandles(edge).target ?? '')}`))
  return found.filter(({ nodeId, field }) => !filled.has(`${nodeId} ${field}`))
}
