import type { TemplateField } from '../model/flow-document.ts'
import { labelOf } from './field-widget.ts'

/** What a variable for a field might be called: `OpenAI API Key` becomes `OPENAI_API_KEY`. */
export const suggestedName = (name: string, field: TemplateField): string =>
  labelOf(name, field)
    .trim()
    .toUpperCase()
    .replace(/[^\p{L}\p{N}]+/gu, '_')
    .replace(/^_|_$/g, '')
