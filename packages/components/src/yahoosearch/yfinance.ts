import { AppError, messageOf } from '@runnel/protocol/errors'
import { dataFrame, defineComponent, field, type InputsOf, markdownTable, pyRepr, type RunContext } from '@runnel/sdk'
import { textIn } from '../shared/ask-service.ts'
import { searchOutputs } from '../shared/older-search.ts'
import { askFinance, type Finding, financeNews } from '../shared/yahoo-finance.ts'

const METHODS = (
  'get_info get_news get_actions get_analysis get_balance_sheet get_calendar get_cashflow get_institutional_holders ' +
  'get_recommendations get_sustainability get_major_holders get_mutualfund_holders get_insider_purchases ' +
  'get_insider_transactions get_insider_roster_holders get_dividends get_capital_gains get_splits get_shares ' +
  'get_fast_info get_sec_filings get_recommendations_summary get_upgrades_downgrades get_earnings get_income_stmt'
).split(' ')

const inputs = {
  symbol: field.text({ label: 'Stock Symbol', info: 'The symbol of a stock, such as AAPL or NVDA.', tool: true }),
  method: field.dropdown({
    label: 'Data Method',
    info: 'What to find out about the stock.',
    options: METHODS,
    default: 'get_news',
    tool: true,
  }),
  num_news: field.int({
    label: 'Number of News',
    info: 'The most articles to give; of get_news alone.',
    default: 5,
    tool: true,
  }),
}

export const yfinance = defineComponent({
  type: 'YfinanceComponent',
  aliases: ['YahooFinanceTool', 'YFinanceTool', 'YfinanceToolComponent'],
  oldToolNames: { YahooFinanceTool: 'yahoo_finance', YFinanceTool: 'yahoo_finance' },
  displayName: 'Yahoo! Finance',
  description: 'Finds out what Yahoo! Finance knows about a stock: news, prices, statements, holders and analyses.',
  icon: 'trending-up',
  category: 'yahoosearch',
  documentation: 'https://docs.langflow.org/bundles-yahoo',
  inputs,
  outputs: searchOutputs<typeof inputs>(({ inputs, context }) => rowsFor(inputs, context)),
})

async function rowsFor({ symbol: typed, method, num_news }: InputsOf<typeof inputs>, context: RunContext) {
  try {
    const symbol = typed.trim()
    if (symbol === '') throw new AppError('invalid_field', ['No symbol is given. Give one such as AAPL.'])
    if (method === 'get_news') {
      const articles = await financeNews(symbol, Math.max(0, num_news), context)
      return articles.map((article) => ({ text: `${textIn(article.title)}: ${textIn(article.link)}`, ...article }))
    }
    const text = printed(await askFinance(method, symbol, context))
    return [{ text, result: text }]
  } catch (error) {
    context.signal.throwIfAborted()
    if (!(error instanceof AppError) || error.code === 'address_refused') throw error
    throw new AppError('bad_request', [`Error retrieving data: ${messageOf(error)}`], { cause: error })
  }
}

/** Objects as Python prints them, rows as a table. */
function printed(found: Finding): string {
  return isRows(found) ? markdownTable(dataFrame(found)) || 'No data.' : pyRepr(found)
}

// Array.isArray knows no lists that are only read.
const isRows = (found: Finding): found is Extract<Finding, readonly unknown[]> => Array.isArray(found)
