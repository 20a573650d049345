import type { ReactNode } from 'react'
import type { AddressFlow } from '../../flows/address-flows.ts'
import { ImportAddressDialog } from '../../flows/import-address-dialog.tsx'
import { pasteText } from '../actions/paste.ts'
import { useActions } from '../actions/use-actions.tsx'
import { useWorkspace } from '../editor-context.tsx'
import { readDocument } from '../model/flow-document.ts'
import type { FetchedFlow } from '../workspace-ui.ts'

/** From the last node of one flow to the first of the next. */
const APART = 480

/** Fetches the flow behind an address that was pasted, and puts its nodes there. */
export function FetchFlow({ fetched: { address, flow: at } }: { readonly fetched: FetchedFlow }): ReactNode {
  const { ui } = useWorkspace()
  const { context } = useActions()
  /** Several stand side by side. */
  const put = (flows: readonly AddressFlow[]): void => {
    let x = at.x
    for (const { data } of flows) {
      if (!pasteText(context, JSON.stringify({ data }), { x, y: at.y })) continue
      const places = readDocument(data).nodes.map(({ position }) => position.x)
      x += Math.max(...places) - Math.min(...places) + APART
    }
    if (x === at.x) context.say('notice', 'workspace:paste.empty')
  }
  return <ImportAddressDialog address={address} onFlows={put} onClose={() => ui.setState({ fetched: undefined })} />
}
