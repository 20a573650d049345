import { z } from 'zod'
import type { JsonObject } from './json.ts'

/** A node as a flow file holds it. Only these keys matter to a run; all others are kept. */
export interface FlowNode extends JsonObject {
  readonly id: string
  readonly type?: string
  readonly data: JsonObject & {
    readonly type?: string
    readonly node?: ComponentNode
  }
}

/** The description of a component inside a node. */
export interface ComponentNode extends JsonObject {
  readonly template: Readonly<Record<string, unknown>>
  readonly outputs?: readonly OutputDescription[]
  readonly display_name?: string
  readonly description?: string
  readonly frozen?: boolean
  readonly tool_mode?: boolean
}

/** One field of a template. */
export interface TemplateField extends JsonObject {
  readonly type: string
  readonly name?: string
  readonly value?: unknown
  readonly show?: boolean
  readonly list?: boolean
  readonly input_types?: readonly string[] | null
  readonly load_from_db?: boolean
}

export interface OutputDescription extends JsonObject {
  readonly name: string
  readonly types?: readonly string[]
  readonly method?: string
}

export interface SourceHandle extends JsonObject {
  readonly dataType?: string
  readonly id: string
  readonly name: string
  readonly output_types: readonly string[]
}

/** The target of an edge: a field, or (with `name` instead of `fieldName`) the feedback end of a loop. */
export interface TargetHandle extends JsonObject {
  readonly fieldName?: string
  readonly id: string
  readonly inputTypes?: readonly string[] | null
  readonly type?: string
  readonly name?: string
  readonly output_types?: readonly string[]
}

export interface FlowEdge extends JsonObject {
  readonly source: string
  readonly target: string
}

export interface FlowData extends JsonObject {
  readonly nodes: readonly FlowNode[]
  readonly edges: readonly FlowEdge[]
}

export const ENDPOINT_NAME = /^[A-Za-z0-9_-]+$/

/** A flow's graph on the wire: null, `{}` or an object with `nodes` and `edges` lists. Everything in it is kept. */
export const FlowDataSchema = z
  .looseObject({ nodes: z.array(z.unknown()).optional(), edges: z.array(z.unknown()).optional() })
  .superRefine((data, context) => {
    if (Object.keys(data).length === 0) return
    for (const key of ['nodes', 'edges'] as const) {
      if (data[key] === undefined) context.addIssue({ code: 'custom', message: `Flow must have ${key}` })
    }
  })
