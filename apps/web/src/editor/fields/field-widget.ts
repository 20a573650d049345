import type { FC } from 'react'
import { componentText } from '../../i18n/component-text.ts'
import type { TemplateField } from '../model/flow-document.ts'

export interface FieldWidgetProps {
  readonly nodeId: string
  readonly name: string
  readonly field: TemplateField
  /** Changes the value, or more of the field. Typing in one field is one step of the history. */
  readonly onChange: (change: Partial<TemplateField>) => void
  readonly isDisabled: boolean
  /** On the node there is little room; in the inspector more. */
  readonly surface: Surface
  /** The id of the element that names the field. */
  readonly labelId: string
  /** The widget of another field: of a form the field opens. */
  readonly widgetOf: (field: TemplateField) => FieldWidget | undefined
}

export type Surface = 'node' | 'inspector'

export type FieldWidget = FC<FieldWidgetProps>

/** Ids of tests say `edit_` where the same field is shown a second time. */
export const testIdOf = (surface: Surface, id: string): string => (surface === 'inspector' ? `edit_${id}` : id)

/** What a field or an output is called, in the language of the page. */
export const labelOf = (name: string, { display_name }: { readonly display_name?: string }): string =>
  display_name ? componentText(display_name) : name

/** What an empty field says, in the language of the page; the given words where the component has none. */
export const placeholderOf = ({ placeholder }: TemplateField, otherwise: string): string =>
  placeholder ? componentText(placeholder) : otherwise

export const textOf = (value: unknown): string =>
  typeof value === 'string' ? value : typeof value === 'number' || typeof value === 'boolean' ? String(value) : ''
