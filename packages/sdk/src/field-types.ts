/**
 * One input of a component. `Value` is what `run` gets; the rest is what Langflow writes into a template.
 */
export interface Field<Value = unknown> {
  /** Langflow's class name, `MessageTextInput`. */
  readonly inputType: string
  /** Langflow's value type, `str`. */
  readonly type: string
  readonly attributes: Readonly<Record<string, unknown>>
  /** How a literal or an edge's value is turned into `Value`; the engine has one function per coercion. */
  readonly coercion: Coercion
  /** Never set: carries the type. */
  readonly _value?: Value
}

/** What a literal or an edge's value is turned into before `run` gets it. */
export type Coercion =
  | 'any'
  | 'text'
  | 'message'
  | 'int'
  | 'float'
  | 'bool'
  | 'tab'
  | 'choices'
  | 'object'
  | 'table'
  | 'data'
  | 'dataframe'
  | 'file'
  | 'model'

export type Fields = Readonly<Record<string, Field>>
export type InputsOf<F extends Fields> = { readonly [K in keyof F]: F[K] extends Field<infer Value> ? Value : never }
