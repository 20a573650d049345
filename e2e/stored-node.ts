import type { Client } from '@runnel/client'
import { readFlow } from '@runnel/protocol/flows'
import type { Page } from 'playwright-core'
import { saved } from './on-canvas.ts'

interface StoredNode {
  readonly id: string
  readonly data: {
    readonly showNode?: boolean
    readonly node: {
      readonly frozen?: boolean
      readonly tool_mode?: boolean
      readonly display_name: string
      readonly outputs: readonly { readonly name: string }[]
      readonly template: Readonly<Record<string, { readonly value?: unknown; readonly load_from_db?: boolean }>>
    }
  }
}

/** A node of an open flow as the server has it, once all is saved: one that `flowData` made. */
export async function storedNode(
  client: Client,
  page: Page,
  flowId: string,
  type: string,
): Promise<StoredNode['data']> {
  await saved(page)
  const { data } = await client.call(readFlow, { params: { flow_id: flowId } })
  // The test has stored it itself.
  const nodes = (data as unknown as { readonly nodes: readonly StoredNode[] }).nodes
  const found = nodes.find(({ id }) => id === `${type}-00000`)
  if (!found) throw new Error(`No ${type} in the flow`)
  return found.data
}
