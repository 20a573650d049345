/** One node of a starter: its component, its title, and the values that differ from the defaults. */
export interface NodeSpec {
  readonly type: string
  readonly title?: string
  readonly set?: Readonly<Record<string, unknown>>
  /** Column and row on the canvas. */
  readonly at: readonly [column: number, row: number]
  /** The node is tools for an agent: its only output is `component_as_tool`. */
  readonly asTools?: true
}

export interface StarterSpec {
  readonly name: string
  readonly description: string
  readonly icon: string
  readonly tags: readonly string[]
  /** A sticky note, in Markdown. */
  readonly note: string
  readonly nodes: Readonly<Record<string, NodeSpec>>
  /** `from.output > to.field`; `from.output >> loop.item` closes a loop. */
  readonly edges: readonly string[]
}

/** Where most flows begin. */
export const ask: NodeSpec = { type: 'ChatInput', at: [0, 1] }
/** A step that tells a model how to answer. */
export const rules = (at: NodeSpec['at'], template: string, title = 'Rules'): NodeSpec => ({
  type: 'Prompt',
  title,
  at,
  set: { template },
})
/** What the note of a flow with a model says last. */
export const KEY_NOTE = 'Set the variable **OPENAI_API_KEY**, or choose another model in the Language Model.'
