import type { Hosts, WebRequest } from '@runnel/testing/fake-web'

/** The servers that flows of tests call, as the real ones answer. */
export const testHosts: Hosts = {
  'html.duckduckgo.com': () =>
    page('Results', hit('Rivers', 'https://rivers.test/') + hit('Lakes', 'https://lakes.test/')),
  'news.google.com': ({ url }) =>
    `<?xml version="1.0"?><rss><channel><title>News</title><item><title>News on ${url.searchParams.get('q')}</title>` +
    '<link>https://news.test/1</link><pubDate>Mon, 01 Jan 2024 00:00:00 GMT</pubDate>' +
    '<description>Much has happened.</description></item></channel></rss>',
  'export.arxiv.org': () =>
    '<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom">' + paper(1) + paper(2) + '</feed>',
  'en.wikipedia.org': ({ url }) =>
    url.searchParams.get('list') === 'search'
      ? { query: { search: [{ title: 'Nile', pageid: 1 }] } }
      : {
          query: {
            pages: [{ pageid: 1, title: 'Nile', extract: 'The Nile is a river.', fullurl: 'https://en.test/Nile' }],
          },
        },
  'api.open-meteo.com': () => ({ current: { temperature_2m: 21.5, wind_speed_10m: 9 } }),
  'api.frankfurter.dev': () => ({ base: 'EUR', date: '2024-01-01', rates: { USD: 1.08 } }),
  'api.tavily.com': ({ body }) => ({
    answer: 'The Nile.',
    results: [{ title: 'Rivers', url: 'https://rivers.test/', content: `On ${JSON.parse(body).query}`, score: 0.9 }],
    images: [],
  }),
  'api.scrapegraphai.com': ({ body }) => ({
    request_id: 'r-1',
    status: 'completed',
    result: { answer: JSON.parse(body).user_prompt },
    reference_urls: [],
  }),
  'api.assemblyai.com': ({ method }) =>
    method === 'POST'
      ? { id: 't-1', status: 'queued' }
      : { id: 't-1', status: 'completed', text: 'We met and agreed.' },
  'www.googleapis.com': () => ({
    items: [{ snippet: { topLevelComment: { id: 'c1', snippet: { textDisplay: 'Great video', likeCount: 1 } } } }],
  }),
  'www.youtube.com': youTube,
  'docs.omniverse.nvidia.com': ({ url }) =>
    url.pathname.endsWith('/searchindex.js') ? 'Search.setIndex({"docnames":["index"]})' : page('RTX Remix', 'Mods.'),
  '*': ({ url }) => page(url.hostname, `<p>About ${url.hostname}.</p>`),
}

const page = (title: string, body: string): string =>
  `<!doctype html><html lang="en"><head><title>${title}</title></head><body>${body}</body></html>`

const hit = (title: string, address: string): string =>
  `<div class="result"><h2 class="result__title"><a class="result__a" href="${address}">${title}</a></h2>` +
  `<a class="result__snippet">What is known of ${title}</a></div>`

const paper = (number: number): string =>
  `<entry><id>http://arxiv.org/abs/${number}</id><title>Paper ${number}</title><summary>Finding ${number}.</summary>` +
  `<author><name>Ada</name></author><link rel="alternate" href="https://arxiv.org/abs/${number}"/></entry>`

function youTube({ url }: WebRequest): string | object {
  const baseUrl = 'https://www.youtube.com/api/timedtext?v=abcdefghijk&lang=en'
  if (url.pathname === '/watch') return page('Video', '<script>ytcfg.set({"INNERTUBE_API_KEY":"key-1"})</script>')
  if (url.pathname.startsWith('/youtubei/')) {
    return { captions: { playerCaptionsTracklistRenderer: { captionTracks: [{ baseUrl, languageCode: 'en' }] } } }
  }
  return '<transcript><text start="0" dur="2">Rivers flow.</text></transcript>'
}
