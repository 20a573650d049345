import { expect, test } from 'vitest'
import type { StoreTrial } from './store-trial.ts'

/** What is true of every store; `trial` begins anew, with a store that holds nothing. */
export function keepsTheStoreContract(trial: () => StoreTrial): void {
  test('keeps texts and finds the nearest, also within a filter', async () => {
    const { keep, find, run } = trial()
    await keep()
    expect(await find('When is the refund paid?', { number_of_results: 1 })).toEqual([
      'The refund is paid within fourteen days.',
    ])
    const within = { number_of_results: 9, advanced_search_filter: { topic: 'time' } }
    expect((await find('refund', within)).toSorted()).toEqual([
      'The office is closed on Sundays.',
      'The warehouse is closed on Mondays.',
    ])
    const { dataframe } = await run({ search_query: 'Mondays', number_of_results: 1 })
    expect(dataframe).toMatchObject({ rows: [{ text: 'The warehouse is closed on Mondays.', topic: 'time' }] })
  })

  test('keeps what is the same once', async () => {
    const { keep, find } = trial()
    await keep()
    await keep()
    expect(await find('closed', { number_of_results: 9 })).toHaveLength(3)
  })
}
