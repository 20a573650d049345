import type { TemplateField } from '../model/flow-document.ts'
import { BooleanField } from './boolean-field.tsx'
import { DropdownField } from './dropdown-field.tsx'
import type { FieldWidget } from './field-widget.ts'
import { JsonView } from './json-view.tsx'
import { NumberField } from './number-field.tsx'
import { TextField } from './text-field.tsx'

/** How a field is edited: one row per kind (ui.md 2.7). */
const WIDGETS: Readonly<Record<string, FieldWidget>> = {
  text: TextField,
  number: NumberField,
  boolean: BooleanField,
  dropdown: DropdownField,
}

/** The kind of a field by its input class, else by what it stores. Undefined for a field that only takes edges. */
export function kindOf(field: TemplateField): string | undefined {
  if (field.type === 'other') return undefined
  if (field.type === 'bool') return 'boolean'
  if (field.type === 'int' || field.type === 'float') return 'number'
  if (field.type === 'str' && field.options && field.options.length > 0) return 'dropdown'
  if (field.type === 'str') return 'text'
  return field.type
}

/** The widget of a field; unknown kinds are shown as they are (W-59). */
export function widgetOf(field: TemplateField): FieldWidget | undefined {
  const kind = kindOf(field)
  return kind === undefined ? undefined : (WIDGETS[kind] ?? JsonView)
}
