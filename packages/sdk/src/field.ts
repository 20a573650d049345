import { choiceFields } from './choice-fields.ts'
import { edgeFields } from './edge-fields.ts'
import { textFields } from './text-fields.ts'
import { valueFields } from './value-fields.ts'

/** Builders of the input kinds. The name is ours, the wire form Langflow's. */
export const field = { ...textFields, ...valueFields, ...choiceFields, ...edgeFields }
