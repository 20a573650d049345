import { data, dataFrame, type Fields, message, type RunArguments } from '@runnel/sdk'
import { oncePerBuild } from './build-memo.ts'

type Rows = readonly Readonly<Record<string, unknown>>[]

/** The rows as nodes of 1.4 and before give them besides the table of today, never offered as tools. */
export const rowsAsData = <F extends Fields>(method: string, rows: (args: RunArguments<F>) => Promise<Rows>) =>
  ({
    type: 'Data',
    label: 'Data',
    method,
    hidden: true,
    tool: false,
    run: async (args: RunArguments<F>) => (await rows(args)).map((row) => data(row)),
  }) as const

/** Their texts, a line each; a tool only where a file names it. */
export const rowsAsText = <F extends Fields>(method: string, rows: (args: RunArguments<F>) => Promise<Rows>) =>
  ({
    type: 'Message',
    label: 'Text',
    method,
    hidden: true,
    tool: 'named',
    run: async (args: RunArguments<F>) => message((await rows(args)).map(({ text }) => String(text ?? '')).join('\n')),
  }) as const

/**
 * The outputs of a search component: the table of today, and what nodes of 1.4 and before have besides, as outputs and
 * as tools that are offered only where a file names them. All come from one search.
 */
export function searchOutputs<F extends Fields>(search: (args: RunArguments<F>) => Promise<Rows>) {
  const rows = (args: RunArguments<F>) => oncePerBuild(args.context, 'rows', () => search(args))
  const table = async (args: RunArguments<F>) => dataFrame(await rows(args))
  return {
    dataframe: {
      type: 'DataFrame',
      label: 'DataFrame',
      method: 'fetch_content_dataframe',
      // The tool's name in files of 1.4.
      toolNames: ['fetch_content_dataframe', 'fetch_content'],
      run: table,
    },
    data: rowsAsData('fetch_content', rows),
    text: rowsAsText('fetch_content_text', rows),
    table: { type: 'DataFrame', label: 'Table', method: 'as_dataframe', hidden: true, tool: 'named', run: table },
  } as const
}
