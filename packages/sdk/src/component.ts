import type { JsonObject } from '@runnel/protocol/json'
import type { AccountArguments, AccountState } from './account.ts'
import type { Fields, InputsOf } from './field-types.ts'
import type { Embeddings, LanguageModel, Tool } from './language-model.ts'
import type { RunContext } from './run-context.ts'
import type { Data, DataFrame, Message } from './values.ts'
import type { VectorStore } from './vectors.ts'

/** What an output of each declared type returns. */
export interface OutputValues {
  readonly Message: Message
  readonly Data: Data | readonly Data[]
  readonly DataFrame: DataFrame
  readonly LanguageModel: LanguageModel
  readonly Embeddings: Embeddings
  readonly VectorStore: VectorStore
  readonly Tool: Tool | readonly Tool[]
  readonly Any: unknown
}
export type OutputType = keyof OutputValues

export interface RunArguments<F extends Fields> {
  readonly inputs: InputsOf<F>
  /** Values of the fields that are not declared: prompt variables and what a file adds. */
  readonly dynamic: Readonly<Record<string, unknown>>
  readonly context: RunContext
}

/** What is said of an output whatever its inputs are. */
interface OutputFacts {
  readonly label: string
  /** Langflow's method name; the name of the tool this output becomes. */
  readonly method: string
  readonly info?: string
  /** Names of other types on the wire, `['Data', 'JSON']`; the first is `selected`. */
  readonly types?: readonly string[]
  /** Has a row and handle of its own. */
  readonly grouped?: boolean
  readonly hidden?: boolean
  /** false: never offered as a tool. `named`: only where a row of a file names it, as files of older versions do. */
  readonly tool?: boolean | 'named'
  /** The names of the tool where the method does not give it: the first is used, rows of files may have any. */
  readonly toolNames?: readonly string[]
  /** The types the feedback end of this output takes: makes the node a loop. */
  readonly loop?: readonly string[]
}

export interface Output<F extends Fields, Type extends OutputType> extends OutputFacts {
  readonly type: Type
  readonly run: (args: RunArguments<F>) => OutputValues[Type] | Promise<OutputValues[Type]>
}

type AnyOutput<F extends Fields> = { readonly [Type in OutputType]: Output<F, Type> }[OutputType]
export type Outputs<F extends Fields> = Readonly<Record<string, AnyOutput<F>>>

export interface ComponentSpec<F extends Fields> {
  /** The type name saved flows use, `ChatInput`. */
  readonly type: string
  /** Other names files use for it: older types, class names. */
  readonly aliases?: readonly string[]
  /** What agents call it in nodes of these aliases: old tools had names of their own. */
  readonly oldToolNames?: Readonly<Record<string, string>>
  readonly displayName: string
  readonly description: string
  readonly icon: string
  readonly category: string
  readonly documentation?: string
  readonly beta?: boolean
  readonly legacy?: boolean
  readonly minimized?: boolean
  /** More of the catalogue entry's `metadata`: words the sidebar search finds it by, for one. */
  readonly metadata?: Readonly<Record<string, unknown>>
  /** `category.Type` of what replaces a legacy component. */
  readonly replacement?: readonly string[]
  /** Types there is no component of, whose nodes are told to use this one. */
  readonly insteadOf?: readonly string[]
  /** The source of a component that users write in the editor; the others have none. */
  readonly code?: string
  /** What a node of this type is, where the file says it; undefined for a node that cannot run here. */
  readonly ofNode?: (node: JsonObject) => Component | undefined
  /** Takes part as an input or output of the flow. */
  readonly role?: 'input' | 'output'
  /** May stop branches, so a cycle through it can end. */
  readonly routes?: boolean
  /** The field that holds the name it listens for: see `RoutesPort.notify`. */
  readonly listensTo?: string
  readonly inputs: F
  /** Fields that depend on values; from the template's values to more fields. */
  readonly dynamicInputs?: (values: Readonly<Record<string, unknown>>) => Fields
  readonly outputs: Outputs<F>
  /** More outputs that depend on values: what the editor shows of a node besides the declared ones. */
  readonly dynamicOutputs?: (values: Readonly<Record<string, unknown>>) => Outputs<F>
  /** An output that is not declared but named by a file; undefined for names it never has. */
  readonly outputNamed?: (name: string) => AnyOutput<F> | undefined
  /** The account elsewhere that the node uses: asked by the editor, for the component's field of kind `account`. */
  readonly account?: (args: AccountArguments<F>) => Promise<AccountState>
  /** What the node is in tool mode, where that is not one tool per output. */
  readonly tools?: (args: RunArguments<F>) => readonly Tool[] | Promise<readonly Tool[]>
}

/** A component of any fields, as the engine and the catalogue see it. */
export interface Component
  extends Omit<ComponentSpec<Fields>, 'outputs' | 'dynamicInputs' | 'dynamicOutputs' | 'outputNamed' | 'tools'> {
  readonly dynamicInputs?: (values: Readonly<Record<string, unknown>>) => Fields
  readonly outputs: Readonly<Record<string, ErasedOutput>>
  readonly dynamicOutputs?: (values: Readonly<Record<string, unknown>>) => Readonly<Record<string, ErasedOutput>>
  readonly outputNamed?: (name: string) => ErasedOutput | undefined
  readonly tools?: (args: ErasedArguments) => readonly Tool[] | Promise<readonly Tool[]>
}

export interface ErasedOutput extends OutputFacts {
  readonly type: OutputType
  readonly run: (args: ErasedArguments) => unknown
}

export interface ErasedArguments {
  readonly inputs: Readonly<Record<string, unknown>>
  readonly dynamic: Readonly<Record<string, unknown>>
  readonly context: RunContext
}

/** Declares a component. Its catalogue entry, template, run-time types, tool schema and page are derived from this. */
export function defineComponent<const F extends Fields>(spec: ComponentSpec<F>): Component {
  // The engine coerces inputs to what the fields declare before it calls `run`, which is what makes this sound.
  return spec as unknown as Component
}
