import { Sharing } from '@runnel/protocol/sharing'
import type { Storage } from '@runnel/storage/open-storage'

/** What visitors of public flows are shown, as their owners chose. */
export interface FlowSharing {
  /** The usual choices unless others were made. */
  read(flowId: string): Promise<Sharing>
  write(flowId: string, sharing: Sharing): Promise<void>
}

const keyOf = (flowId: string): string => `flow_sharing.${flowId}`

/** How shared flows are shown, kept as settings of the installation. */
export const createFlowSharing = ({ settings }: Pick<Storage, 'settings'>): FlowSharing => ({
  async read(flowId) {
    const stored = await settings.get(keyOf(flowId))
    return Sharing.parse(stored === undefined ? {} : JSON.parse(stored))
  },
  write: (flowId, sharing) => settings.set(keyOf(flowId), JSON.stringify(sharing)),
})
