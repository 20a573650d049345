import type { ReactNode } from 'react'
import { HandleDot } from '../canvas/handle-dot.tsx'
import { labelOf } from '../fields/field-widget.ts'
import type { TemplateField } from '../model/flow-document.ts'
import { fieldHandleId } from '../model/handles.ts'
import { handleTestId } from './handle-test-id.ts'

/** The dot of a field. */
export function FieldHandle({
  nodeId,
  nodeType,
  name,
  field,
  isMinimised,
}: {
  readonly nodeId: string
  readonly nodeType: string
  readonly name: string
  readonly field: TemplateField
  readonly isMinimised: boolean
}): ReactNode {
  return (
    <HandleDot
      nodeId={nodeId}
      id={fieldHandleId(name)}
      side="left"
      types={field.input_types?.length ? field.input_types : [field.type ?? 'str']}
      label={labelOf(name, field)}
      testId={handleTestId(nodeType, field.display_name || name, 'left', isMinimised)}
    />
  )
}
