import { AppError } from '@runnel/protocol/errors'
import { isObject, type JsonObject } from '@runnel/protocol/json'
import { defineComponent, field, type InputsOf, type RunContext } from '@runnel/sdk'
import { askJson, objectsIn, textIn, USER_AGENT } from '../shared/ask-service.ts'
import { searchOutputs } from '../shared/older-search.ts'

const inputs = {
  input_value: field.multiline({ label: 'Input', info: 'What to look for.', tool: true }),
  lang: field.text({ label: 'Language', info: 'The language of the pages, such as en or de.', default: 'en' }),
  k: field.int({ label: 'Number of results', info: 'The most pages to give.', default: 4, required: true }),
  load_all_available_meta: field.bool({
    label: 'Load all available meta',
    info: 'Give categories, links, references and revisions as well.',
    advanced: true,
  }),
  doc_content_chars_max: field.int({
    label: 'Document content characters max',
    info: 'The most characters of a page.',
    default: 4000,
    advanced: true,
  }),
}
type WikipediaInputs = InputsOf<typeof inputs>

export const wikipedia = defineComponent({
  type: 'WikipediaComponent',
  aliases: ['WikipediaAPI', 'WikipediaAPIComponent'],
  oldToolNames: { WikipediaAPI: 'wikipedia' },
  displayName: 'Wikipedia',
  description: 'Finds pages of Wikipedia and gives their texts.',
  icon: 'Wikipedia',
  category: 'wikipedia',
  documentation: 'https://www.mediawiki.org/wiki/API:Main_page',
  inputs,
  outputs: searchOutputs<typeof inputs>(({ inputs, context }) => pagesFor(inputs, context)),
})

/** A search takes no longer query. */
const MOST_ASKED = 300

async function pagesFor(inputs: WikipediaInputs, context: RunContext) {
  const host = hostFor(inputs.lang)
  const found = await ask(host, {
    list: 'search',
    srsearch: inputs.input_value.trim().slice(0, MOST_ASKED),
    srlimit: String(Math.min(Math.max(1, inputs.k), 50)),
    srprop: '',
  })
  const ids = objectsIn(isObject(found.query) && found.query.search).flatMap(({ pageid }) =>
    typeof pageid === 'number' ? [String(pageid)] : [],
  )
  const pages = await Promise.all(ids.map(async (pageids) => pageIn(await ask(host, { ...wanted(inputs), pageids }))))
  return pages.filter((page) => page !== undefined).map((page) => rowOf(page, inputs))

  function ask(on: string, query: Readonly<Record<string, string>>): Promise<JsonObject> {
    const usual = { action: 'query', format: 'json', formatversion: '2' }
    return askJson(
      `https://${on}/w/api.php?${new URLSearchParams({ ...usual, ...query })}`,
      { headers: USER_AGENT },
      context,
    )
  }
}

/** The language becomes part of the host, so it may only be one. */
function hostFor(lang: string): string {
  const language = lang.trim().toLowerCase() || 'en'
  if (/^[a-z]{2,12}(-[a-z]{2,12}){0,2}$/.test(language)) return `${language}.wikipedia.org`
  throw new AppError('invalid_field', [`${lang} is no language of Wikipedia. Give a short name such as en.`])
}

function wanted({ load_all_available_meta }: WikipediaInputs): Readonly<Record<string, string>> {
  const text = { prop: 'extracts|info', explaintext: '1', inprop: 'url' }
  if (!load_all_available_meta) return text
  const limits = { cllimit: 'max', pllimit: 'max', ellimit: 'max', rvprop: 'ids' }
  return { ...text, prop: 'extracts|info|categories|links|extlinks|revisions', ...limits }
}

const pageIn = ({ query }: JsonObject): JsonObject | undefined => objectsIn(isObject(query) && query.pages)[0]

function rowOf(page: JsonObject, inputs: WikipediaInputs) {
  const whole = textIn(page.extract)
  const names = (list: unknown, key: string) => objectsIn(list).map((entry) => textIn(entry[key]))
  const [revision] = objectsIn(page.revisions)
  return {
    text: whole.slice(0, Math.max(0, inputs.doc_content_chars_max)),
    title: textIn(page.title),
    // The part before the first headline.
    summary: (whole.split(/^==/m, 1)[0] ?? '').trim(),
    source: textIn(page.fullurl),
    ...(inputs.load_all_available_meta && {
      categories: names(page.categories, 'title').map((title) => title.replace(/^[^:]*:/, '')),
      related_titles: names(page.links, 'title'),
      references: names(page.extlinks, 'url'),
      revision_id: revision?.revid ?? null,
      parent_id: revision?.parentid ?? null,
    }),
  }
}
