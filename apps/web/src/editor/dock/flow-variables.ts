import { componentText } from '../../i18n/component-text.ts'
import { labelOf } from '../fields/field-widget.ts'
import { type FlowDocument, fieldsOf, isNote } from '../model/flow-document.ts'

/** A field that reads a global variable. */
export interface VariableUse {
  readonly nodeId: string
  /** "Language Model: API key" */
  readonly label: string
}

/** The global variables the fields of a flow read, by name, each with its readers. */
export function variablesOf(document: FlowDocument): ReadonlyMap<string, readonly VariableUse[]> {
  const uses = document.nodes
    .filter((node) => !isNote(node))
    .flatMap(({ id: nodeId, data: { node } }) =>
      fieldsOf(node).flatMap(([name, field]) =>
        field.load_from_db === true && typeof field.value === 'string' && field.value !== ''
          ? [{ variable: field.value, nodeId, label: `${componentText(node.display_name)}: ${labelOf(name, field)}` }]
          : [],
      ),
    )
  const byName = Map.groupBy(uses, ({ variable }) => variable)
  return new Map([...byName].sort(([a], [b]) => a.localeCompare(b)))
}
