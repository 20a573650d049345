import { data } from '@runnel/sdk'
import { runComponent } from '@runnel/testing/run-component'
import { expect, test } from 'vitest'
import { filterDataValues } from './filter-data-values.ts'

const given = [data({ route: 'north', n: 1 }), data({ route: 'south', n: 2 }), data({ n: 3 })]

test.each([
  [{ filter_key: 'route', filter_value: 'north' }, [1]],
  [{ filter_key: 'route', filter_value: 'north', operator: 'not equals' }, [2]],
  [{ filter_key: 'route', filter_value: 'th', operator: 'ends with' }, [1, 2]],
  [{ filter_key: 'route', filter_value: 's', operator: 'starts with' }, [2]],
  [{ filter_key: 'n', filter_value: '3' }, [3]],
  [{ filter_key: '', filter_value: 'x' }, [1, 2, 3]],
])('keeps what fits %j', async (inputs, expected) => {
  const { filtered_data } = await runComponent(filterDataValues, { input_data: given, ...inputs })
  expect((filtered_data as typeof given).map((one) => one.data.n)).toEqual(expected)
})
