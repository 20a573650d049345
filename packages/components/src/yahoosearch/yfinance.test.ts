import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { HttpAnswer, HttpRequest } from '@runnel/sdk'
import { runComponent } from '@runnel/testing/run-component'
import { expect, test } from 'vitest'
import { FINANCE_METHODS } from '../shared/yahoo-finance.ts'
import { yfinance } from './yfinance.ts'

const fixture = (name: string) => readFileSync(join(import.meta.dirname, '__fixtures__', name), 'utf8')

const SET_COOKIE = 'A1=one; Expires=Sat, 21 Nov 2026 19:00:00 GMT; Domain=.yahoo.com; Secure, A3=two; Path=/'

/** Yahoo's servers, and what they were asked. */
function yahoo(asked: [string, HttpRequest][] = []) {
  return (address: string, request: HttpRequest): string | Partial<HttpAnswer> => {
    asked.push([address, request])
    const { host, pathname } = new URL(address)
    if (host === 'fc.yahoo.com') return { status: 404, headers: { 'set-cookie': SET_COOKIE } }
    if (pathname.endsWith('/getcrumb')) return 'cr/umb'
    if (pathname.includes('/search')) return fixture('news.json')
    if (pathname.includes('/chart/')) return fixture('chart.json')
    return fixture(pathname.includes('/timeseries/') ? 'timeseries.json' : 'summary.json')
  }
}

test('gives the newest articles, each with its title and link as text', async () => {
  const asked: [string, HttpRequest][] = []
  const run = await runComponent(yfinance, { symbol: ' RIV ', num_news: 1 }, { http: yahoo(asked) })
  expect(asked.map(([url]) => url)).toEqual([
    'https://query2.finance.yahoo.com/v1/finance/search?q=RIV&quotesCount=0&newsCount=1',
  ])
  expect(run.dataframe).toMatchObject({
    rows: [
      {
        text: 'Rivers Inc. rises: https://news.test/1',
        uuid: 'a1',
        title: 'Rivers Inc. rises',
        link: 'https://news.test/1',
      },
    ],
  })
})

test.each([
  [
    'get_info',
    "{'city': 'Rome', 'sector': 'Water', 'longName': 'Rivers Inc.', 'regularMarketPrice': 12.5, 'exDividendDate': '2024-05-10'}",
  ],
  ['get_fast_info', "{'currency': 'USD', 'symbol': 'RIV', 'regularMarketPrice': 12.5}"],
  ['get_earnings', '{}'],
  ['get_sec_filings', 'No data.'],
])('prints the one result of %s', async (method, text) => {
  const run = await runComponent(yfinance, { symbol: 'RIV', method }, { http: yahoo() })
  expect(run.dataframe).toMatchObject({ columns: ['text', 'result'], rows: [{ text, result: text }] })
})

test.each([
  [
    'get_dividends',
    [
      ['2024-02-09', 'dividends', '0.24'],
      ['2024-05-10', 'dividends', '0.25'],
    ],
  ],
  ['get_splits', [['2020-08-31', 'splits', '4', '1', '4:1']]],
  ['get_income_stmt', [['TotalRevenue', '900', '1000']]],
  ['get_insider_roster_holders', [['ADA EXAMPLE', '10', '2024-05-01']]],
])('prints the table of %s', async (method, rows) => {
  const run = await runComponent(yfinance, { symbol: 'RIV', method }, { http: yahoo() })
  const [row] = (run.dataframe as { readonly rows: readonly { readonly text: string }[] }).rows
  const cells = row?.text.split('\n').map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  )
  expect(cells?.slice(2)).toEqual(rows)
})

test('shows its cookies and the word that goes with them, and asks for them once in a run', async () => {
  const asked: [string, HttpRequest][] = []
  const options = { http: yahoo(asked), state: new Map<string, unknown>() }
  const run = () => runComponent(yfinance, { symbol: 'BRK/B', method: 'get_calendar' }, options)
  await run()
  await run()
  expect(asked.map(([url]) => new URL(url).pathname)).toEqual([
    '/',
    '/v1/test/getcrumb',
    '/v10/finance/quoteSummary/BRK%2FB',
    '/v10/finance/quoteSummary/BRK%2FB',
  ])
  expect(asked[2]?.[0]).toContain('?modules=calendarEvents&formatted=false&crumb=cr%2Fumb')
  expect(asked[2]?.[1].headers).toMatchObject({ Cookie: 'A1=one; A3=two' })
})

test('knows every method it offers', () => {
  const offered = yfinance.inputs.method?.attributes.options
  expect(offered).toHaveLength(25)
  expect(new Set(['get_news', ...FINANCE_METHODS])).toEqual(new Set(offered as string[]))
})

test.each([
  [{ symbol: ' ' }, undefined, 'Error retrieving data: No symbol is given.'],
  [{ symbol: 'X' }, undefined, 'Error retrieving data: Request error occurred: '],
  [
    { symbol: 'X', method: 'get_fast_info' },
    () => '{"chart": {"error": {"description": "No data found"}}}',
    'Error retrieving data: No data found',
  ],
  [{ symbol: 'X', method: 'get_info' }, () => '<html>', 'Error retrieving data: Yahoo! Finance lets nobody in'],
  [{ symbol: 'X', method: 'constructor' }, yahoo(), 'Error retrieving data: There is no method constructor.'],
])('fails with what went wrong: %j', async (inputs, http, text) => {
  await expect(runComponent(yfinance, inputs, http ? { http } : {})).rejects.toThrow(text)
})
