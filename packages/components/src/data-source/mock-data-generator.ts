import { data, dataFrame, defineComponent, message } from '@runnel/sdk'

const PRODUCTS = ['Canoe', 'Paddle', 'Tent', 'Lantern', 'Rope'] as const
const REGIONS = ['North', 'East', 'South', 'West'] as const
const ROWS = 50
const DAY_MS = 86_400_000
const START = Date.UTC(2024, 0, 1)

export const mockDataGenerator = defineComponent({
  type: 'MockDataGenerator',
  aliases: ['MockDataGeneratorComponent'],
  displayName: 'Mock Data',
  description: 'Gives made-up values of each type, to try things out.',
  icon: 'database',
  category: 'data_source',
  inputs: {},
  outputs: {
    dataframe_output: {
      type: 'DataFrame',
      label: 'Table',
      method: 'generate_dataframe_output',
      run: () => dataFrame(Array.from({ length: ROWS }, (_, index) => sale(index))),
    },
    message_output: {
      type: 'Message',
      label: 'Message',
      method: 'generate_message_output',
      run: () =>
        message('A ferry crosses the river twice a day. In the morning it brings milk, at night it brings news.'),
    },
    data_output: {
      type: 'Data',
      label: 'JSON',
      method: 'generate_data_output',
      run: () =>
        data({
          id: 'order-1',
          customer: { name: 'Ada Example', city: 'Riverside' },
          items: [sale(0), sale(1)],
          paid: true,
        }),
    },
  },
})

/** The same each time, so that what is tried out can be compared. */
function sale(index: number) {
  const quantity = ((index * 7) % 12) + 1
  const price = 5 + ((index * 13) % 40)
  return {
    date: new Date(START + index * DAY_MS).toISOString().slice(0, 10),
    product: PRODUCTS[index % PRODUCTS.length],
    region: REGIONS[(index * 3) % REGIONS.length],
    quantity,
    price,
    total: quantity * price,
  }
}
