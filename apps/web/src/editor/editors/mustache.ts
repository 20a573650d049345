import type { ComponentNode, TemplateField } from '../model/flow-document.ts'

/** Whether variables of a prompt are written `{{name}}`: by its kind, or by a switch of its component. */
export function isMustache(field: TemplateField, node: ComponentNode | undefined): boolean {
  if (field.type === 'mustache' || field._input_type === 'MustachePromptInput') return true
  const choice = node?.template.use_double_brackets
  return typeof choice === 'object' && choice?.value === true
}
