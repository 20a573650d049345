import type { FC } from 'react'
import type { TemplateField } from '../model/flow-document.ts'

export interface FieldWidgetProps {
  readonly nodeId: string
  readonly name: string
  readonly field: TemplateField
  /** Changes the value, or more of the field. Typing in one field is one step of the history. */
  readonly onChange: (change: Partial<TemplateField>) => void
  readonly isDisabled: boolean
  /** On the node there is little room; in the inspector more. */
  readonly surface: 'node' | 'inspector'
  /** The id of the element that names the field. */
  readonly labelId: string
}

export type FieldWidget = FC<FieldWidgetProps>
