import { field } from '@runnel/sdk'
import { objectsIn, textIn } from './ask-service.ts'

/** The fields that the search services share. */
export const organicFields = {
  input_value: field.multiline({ label: 'Input', info: 'What to look for.', tool: true }),
  search_params: field.dict({
    label: 'Search Parameters',
    info: 'More parameters of the service, names and values.',
    advanced: true,
    list: true,
  }),
  max_results: field.int({ label: 'Max Results', info: 'The most results to give.', default: 5, advanced: true }),
  max_snippet_length: field.int({
    label: 'Max Snippet Length',
    info: 'The most characters of a title and of a snippet.',
    default: 100,
    advanced: true,
  }),
}

/** A result of a search, as a row. The text is whole, title and snippet are cut. */
export type OrganicRow = {
  readonly text: string
  readonly title: string
  readonly link: string
  readonly snippet: string
}

/** The first results of an answer's `organic_results`. */
export function organicRows(
  { organic_results }: Readonly<Record<string, unknown>>,
  { max_results, max_snippet_length }: { readonly max_results: number; readonly max_snippet_length: number },
): readonly OrganicRow[] {
  const cut = (value: unknown) => textIn(value).slice(0, Math.max(0, max_snippet_length))
  return objectsIn(organic_results)
    .slice(0, Math.max(0, max_results))
    .map(({ title, link, snippet }) => ({
      text: textIn(snippet),
      title: cut(title),
      link: textIn(link),
      snippet: cut(snippet),
    }))
}

/** The query of an address: parameters that are given take the place of the usual ones. */
export function searchAddress(
  base: string,
  usual: Readonly<Record<string, string>>,
  given: Readonly<Record<string, unknown>>,
): string {
  const named = Object.entries(given).flatMap(([name, value]): (readonly [string, string])[] =>
    name.trim() === '' || value === null || value === undefined ? [] : [[name.trim(), String(value)]],
  )
  return `${base}?${new URLSearchParams({ ...usual, ...Object.fromEntries(named) })}`
}
