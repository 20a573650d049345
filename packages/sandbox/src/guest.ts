/*
 * The module `runnel` that user-written components import. It runs inside the sandbox: no Node, no network, no import.
 * The same names as in our own sdk, as far as they make sense there.
 */

/** One field of the node. `Value` is what `inputs` holds for it. */
export interface Field<Value = unknown> {
  readonly kind: string
  readonly options: Readonly<Record<string, unknown>>
  /** Never set: carries the type. */
  readonly _value?: Value
}

interface Common {
  readonly label: string
  readonly info?: string
  readonly required?: boolean
  readonly advanced?: boolean
  readonly placeholder?: string
  /** In tool mode, an argument of the tool. */
  readonly tool?: boolean
}

/** What another component said. */
export interface Message {
  readonly kind: 'message'
  readonly text: string
  readonly sender?: string | null
  readonly sender_name?: string | null
  readonly session_id?: string
  readonly files?: readonly string[]
}
export interface Data {
  readonly kind: 'data'
  readonly data: Readonly<Record<string, unknown>>
  readonly text_key?: string
}
export interface DataFrame {
  readonly kind: 'dataframe'
  readonly rows: readonly Readonly<Record<string, unknown>>[]
  readonly columns?: readonly string[]
}

const make =
  <Value, Options extends Common = Common>(kind: string) =>
  (options: Options): Field<Value> => ({ kind, options: { ...(options as object) } })

type Row = Readonly<Record<string, unknown>>

/** Builders of fields. */
export const field = {
  /** One line that a Message may feed. */
  text: make<string, Common & { readonly default?: string }>('text'),
  /** Several lines that a Message may feed. */
  multiline: make<string, Common & { readonly default?: string }>('multiline'),
  /** A plain text without a handle. */
  string: make<string, Common & { readonly default?: string }>('string'),
  /** A secret; `variable` names the global variable it is read from. */
  secret: make<string, Common & { readonly variable?: string }>('secret'),
  message: make<Message | undefined>('message'),
  int: make<number | undefined, Common & { readonly default?: number }>('int'),
  float: make<number | undefined, Common & { readonly default?: number }>('float'),
  slider: make<
    number,
    Common & { readonly default: number; readonly min: number; readonly max: number; readonly step: number }
  >('slider'),
  bool: make<boolean, Common & { readonly default?: boolean }>('bool'),
  dropdown: make<string, Common & { readonly options: readonly string[]; readonly default?: string }>('dropdown'),
  tab: make<string, Common & { readonly options: readonly string[]; readonly default: string }>('tab'),
  multiselect: make<
    readonly string[],
    Common & { readonly options: readonly string[]; readonly default?: readonly string[] }
  >('multiselect'),
  dict: make<Row, Common & { readonly default?: Row }>('dict'),
  nestedDict: make<Row, Common & { readonly default?: Row }>('nestedDict'),
  table: make<readonly Row[], Common & { readonly columns: readonly Row[]; readonly default?: readonly Row[] }>(
    'table',
  ),
  data: make<Data | undefined>('data'),
  dataFrame: make<DataFrame | undefined>('dataFrame'),
} as const

export type InputsOf<F> = { readonly [K in keyof F]: F[K] extends Field<infer Value> ? Value : never }

export interface FetchOptions {
  /** GET unless given. */
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
  /** Appended to the address. */
  readonly query?: Readonly<Record<string, string | number | boolean>>
  readonly body?: string
  /** Sent as JSON, in place of `body`. */
  readonly json?: unknown
  readonly timeoutMs?: number
}
export interface FetchAnswer {
  readonly url: string
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly text: string
}

/** What `run` may use besides its inputs. */
export interface Context {
  readonly runId: string
  readonly flowId: string
  readonly sessionId: string
  /** The node this component runs as. */
  readonly node: { readonly id: string; readonly displayName: string }
  /** Calls another server, at the addresses the operator allows. Any status is an answer. */
  fetch(url: string, options?: FetchOptions): Promise<FetchAnswer>
  /** The body of a page. @throws Error for a status from 400 */
  fetchText(url: string, options?: FetchOptions): Promise<string>
  /** The parsed body. @throws Error for a status from 400, or when it is no JSON */
  fetchJson(url: string, options?: FetchOptions): Promise<unknown>
  /** One line of the node's log, shown with its output. */
  log(name: string, entry?: unknown): void
}

interface RunArguments<F> {
  readonly inputs: InputsOf<F>
  readonly context: Context
}
type Awaitable<T> = T | Promise<T>
interface Returns {
  readonly Message: string | number | Message
  readonly Data: Data | Row | readonly (Data | Row)[]
  readonly DataFrame: DataFrame | readonly Row[]
}
type Output<F> = {
  readonly [Type in keyof Returns]: {
    readonly type: Type
    readonly label: string
    /** What an agent is told of the tool this output becomes. */
    readonly info?: string
    readonly run: (args: RunArguments<F>) => Awaitable<Returns[Type]>
  }
}[keyof Returns]

export interface ComponentSpec<F> {
  readonly displayName: string
  readonly description?: string
  /** A name of lucide.dev. */
  readonly icon?: string
  readonly documentation?: string
  readonly inputs?: F
  readonly outputs: Readonly<Record<string, Output<F>>>
}

/** Declares a component; its module exports it as its default. */
export const defineComponent = <const F extends Readonly<Record<string, Field>>>(
  spec: ComponentSpec<F>,
): ComponentSpec<F> => spec

/** A Message of `text`. A plain string is one, too. */
export const message = (text: string, init: Partial<Omit<Message, 'kind' | 'text'>> = {}): Message => ({
  ...init,
  kind: 'message',
  text,
})

/** A Data holding `entries`. A plain object is one, too. */
export const data = (entries: Row, { text_key }: { readonly text_key?: string } = {}): Data => ({
  kind: 'data',
  data: entries,
  ...(text_key !== undefined && { text_key }),
})

/** A table of `rows`. A plain list of objects is one, too. */
export const dataFrame = (
  rows: readonly Row[],
  { columns }: { readonly columns?: readonly string[] } = {},
): DataFrame => ({
  kind: 'dataframe',
  rows,
  ...(columns && { columns }),
})
