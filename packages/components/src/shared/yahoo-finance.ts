import { AppError } from '@runnel/protocol/errors'
import { isObject, type JsonObject } from '@runnel/protocol/json'
import type { RunContext } from '@runnel/sdk'
import { askJson, objectsIn } from './ask-service.ts'
import { yahooSession } from './yahoo-session.ts'

const HOST = 'https://query2.finance.yahoo.com'

/** What is known of a company: an object, or the rows of a table. */
export type Finding = JsonObject | readonly JsonObject[]

interface Summary {
  readonly modules: readonly string[]
  /** The list in the first module that is the table. */
  readonly list?: string
}

const summaries: Readonly<Record<string, Summary>> = {
  get_info: {
    modules: ['assetProfile', 'summaryDetail', 'defaultKeyStatistics', 'financialData', 'quoteType', 'price'],
  },
  get_analysis: { modules: ['earningsTrend'], list: 'trend' },
  get_calendar: { modules: ['calendarEvents'] },
  get_institutional_holders: { modules: ['institutionOwnership'], list: 'ownershipList' },
  get_mutualfund_holders: { modules: ['fundOwnership'], list: 'ownershipList' },
  get_major_holders: { modules: ['majorHoldersBreakdown'] },
  get_recommendations: { modules: ['recommendationTrend'], list: 'trend' },
  get_recommendations_summary: { modules: ['recommendationTrend'], list: 'trend' },
  get_upgrades_downgrades: { modules: ['upgradeDowngradeHistory'], list: 'history' },
  get_sustainability: { modules: ['esgScores'] },
  get_insider_purchases: { modules: ['netSharePurchaseActivity'] },
  get_insider_transactions: { modules: ['insiderTransactions'], list: 'transactions' },
  get_insider_roster_holders: { modules: ['insiderHolders'], list: 'holders' },
  get_sec_filings: { modules: ['secFilings'], list: 'filings' },
  get_earnings: { modules: ['earnings'] },
}

const events: Readonly<Record<string, readonly string[]>> = {
  get_actions: ['dividends', 'splits', 'capitalGains'],
  get_dividends: ['dividends'],
  get_splits: ['splits'],
  get_capital_gains: ['capitalGains'],
}

const statements: Readonly<Record<string, string>> = {
  get_income_stmt:
    'TotalRevenue CostOfRevenue GrossProfit ResearchAndDevelopment SellingGeneralAndAdministration OperatingExpense ' +
    'OperatingIncome InterestExpense PretaxIncome TaxProvision NetIncome EBIT EBITDA BasicEPS DilutedEPS',
  get_balance_sheet:
    'TotalAssets CurrentAssets CashAndCashEquivalents CashCashEquivalentsAndShortTermInvestments AccountsReceivable ' +
    'Inventory NetPPE TotalLiabilitiesNetMinorityInterest CurrentLiabilities AccountsPayable LongTermDebt TotalDebt ' +
    'NetDebt StockholdersEquity RetainedEarnings WorkingCapital',
  get_cashflow:
    'OperatingCashFlow InvestingCashFlow FinancingCashFlow CapitalExpenditure FreeCashFlow ChangeInWorkingCapital ' +
    'DepreciationAndAmortization StockBasedCompensation CashDividendsPaid RepurchaseOfCapitalStock IssuanceOfDebt ' +
    'RepaymentOfDebt EndCashPosition',
  get_shares: 'OrdinarySharesNumber',
}

/** What else can be asked for besides news. */
export const FINANCE_METHODS = [
  ...Object.keys(summaries),
  ...Object.keys(events),
  ...Object.keys(statements),
  'get_fast_info',
]

/** The newest articles about a company. */
export async function financeNews(symbol: string, count: number, context: RunContext): Promise<readonly JsonObject[]> {
  const query = new URLSearchParams({ q: symbol, quotesCount: '0', newsCount: String(count) })
  const answer = await ask(`/v1/finance/search?${query}`, context)
  return objectsIn(answer.news).slice(0, count)
}

/**
 * What one of the methods knows of a company.
 * @throws AppError `invalid_field` for a method there is not, `bad_request` when Yahoo has no answer.
 */
export async function askFinance(method: string, symbol: string, context: RunContext): Promise<Finding> {
  if (!FINANCE_METHODS.includes(method)) throw new AppError('invalid_field', [`There is no method ${method}.`])
  const path = encodeURIComponent(symbol)
  const [summary, kinds, items] = [summaries[method], events[method], statements[method]]
  if (summary) return summaryOf(path, summary, context)
  if (kinds) return eventsOf(await chart(path, 'max', context), kinds)
  if (items) return statementOf(path, items.split(' '), context)
  const { meta } = await chart(path, '1d', context)
  return isObject(meta) ? meta : {}
}

async function summaryOf(path: string, { modules, list }: Summary, context: RunContext): Promise<Finding> {
  const { cookie, crumb } = await yahooSession(context)
  const query = new URLSearchParams({ modules: modules.join(','), formatted: 'false', crumb })
  const answer = await ask(`/v10/finance/quoteSummary/${path}?${query}`, context, { Cookie: cookie })
  const result = resultIn(answer.quoteSummary)
  const parts = modules.map((module) => result[module]).filter(isObject)
  if (list) return objectsIn(parts[0]?.[list]).map(readable)
  return readable(Object.assign({}, ...parts))
}

async function chart(path: string, range: '1d' | 'max', context: RunContext): Promise<JsonObject> {
  const interval = range === 'max' ? '1mo' : '1d'
  const query = new URLSearchParams({ range, interval, events: 'div,splits,capitalGains' })
  return resultIn((await ask(`/v8/finance/chart/${path}?${query}`, context)).chart)
}

function eventsOf({ events: given }: JsonObject, kinds: readonly string[]): readonly JsonObject[] {
  const rows = kinds.flatMap((kind) => {
    const found = isObject(given) && isObject(given[kind]) ? objectsIn(Object.values(given[kind])) : []
    return found.map(({ date, ...rest }) => ({ date: dayOf(date), event: kind, ...rest }))
  })
  return rows.toSorted((a, b) => a.date.localeCompare(b.date))
}

/** A row for each item of the statement, with a column for each year. */
async function statementOf(path: string, items: readonly string[], context: RunContext): Promise<Finding> {
  const type = items.map((item) => `annual${item}`).join(',')
  const query = new URLSearchParams({ type, period1: '493590046', period2: String(Math.ceil(Date.now() / 1000)) })
  const answer = await ask(`/ws/fundamentals-timeseries/v1/finance/timeseries/${path}?${query}`, context)
  const series = objectsIn(isObject(answer.timeseries) && answer.timeseries.result)
  return items.flatMap((item) => {
    const values = series.flatMap((one) => objectsIn(one[`annual${item}`]))
    const years = values.map(({ asOfDate, reportedValue }): readonly [string, unknown] => [
      String(asOfDate),
      isObject(reportedValue) ? reportedValue.raw : null,
    ])
    return years.length === 0 ? [] : [{ item, ...Object.fromEntries(years) }]
  })
}

const ask = (path: string, context: RunContext, headers: Readonly<Record<string, string>> = {}): Promise<JsonObject> =>
  askJson(`${HOST}${path}`, { headers: { 'User-Agent': 'Mozilla/5.0', ...headers } }, context)

/** The one result of an answer. */
function resultIn(answer: unknown): JsonObject {
  const [result] = objectsIn(isObject(answer) && answer.result)
  if (result) return result
  const why = isObject(answer) && isObject(answer.error) ? answer.error.description : undefined
  throw new AppError('bad_request', [typeof why === 'string' ? why : 'Yahoo! Finance knows nothing of this symbol.'])
}

const dayOf = (seconds: unknown): string =>
  typeof seconds === 'number' ? new Date(seconds * 1000).toISOString().slice(0, 10) : ''

/** Without what tells browsers how long to keep it, and with dates that can be read. */
function readable(found: JsonObject): JsonObject {
  const entries = Object.entries(found).filter(([name]) => name !== 'maxAge')
  return Object.fromEntries(entries.map(([name, value]) => [name, readableValue(name, value)]))
}

function readableValue(name: string, value: unknown): unknown {
  if (Array.isArray(value)) return value.map((one) => readableValue(name, one))
  if (isObject(value)) return readable(value)
  return /date$/i.test(name) && typeof value === 'number' && value > 1e8 && value < 1e11 ? dayOf(value) : value
}
