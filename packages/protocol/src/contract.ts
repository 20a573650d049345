import { z } from 'zod'

/** What a value of an input may be. `json` is anything, `file` an address or the path of an uploaded file. */
export const contractTypes = ['text', 'number', 'integer', 'boolean', 'object', 'list', 'file', 'json'] as const
export type ContractType = (typeof contractTypes)[number]

/** One value callers of a published flow give. */
export const ContractInput = z.object({
  /** The key in `input`; any text. */
  name: z.string(),
  label: z.string(),
  type: z.enum(contractTypes),
  required: z.boolean(),
  default: z.unknown(),
  description: z.string(),
  node_id: z.string(),
})
export type ContractInput = z.output<typeof ContractInput>

/** One value callers get. */
export const ContractOutput = z.object({
  name: z.string(),
  /** `json`: anything. */
  type: z.enum(['text', 'json']),
  description: z.string(),
  node_id: z.string(),
})
export type ContractOutput = z.output<typeof ContractOutput>

/** What a published version takes and gives; it never changes. */
export const Contract = z.object({ inputs: z.array(ContractInput), outputs: z.array(ContractOutput) })
export type Contract = z.output<typeof Contract>

/** A way in which a contract asks for more, or gives less, than the one before. */
export const BreakingChange = z.object({
  kind: z.enum([
    'input_removed',
    'input_required',
    'input_added_required',
    'input_narrowed',
    'output_removed',
    'output_changed',
  ]),
  name: z.string(),
  message: z.string(),
  /** The types it has now and had before; of an output that changed, in which `way`: `several`, `one`, `any`. */
  values: z.record(z.string(), z.string()).optional(),
})
export type BreakingChange = z.output<typeof BreakingChange>
