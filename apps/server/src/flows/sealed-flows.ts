import type { Storage } from '@runnel/storage/open-storage'
import type { GraphSeal } from './graph-seal.ts'

type SealedStorage = Pick<Storage, 'flows' | 'flowVersions' | 'publications'>

/** The same storage, which keeps the secrets in the fields of flows encrypted. Whoever reads a flow finds them open. */
export function withSealedFlows<Whole extends SealedStorage>(storage: Whole, { seal, open }: GraphSeal): Whole {
  const { flows, flowVersions, publications } = storage
  type Graph = { readonly data?: string | null }

  const sealed = <Kept extends Graph>(flowId: string, kept: Kept): Kept =>
    typeof kept.data === 'string' ? { ...kept, data: seal(flowId, kept.data) } : kept
  const opened = <Kept extends Graph | undefined>(flowId: string, kept: Kept): Kept =>
    typeof kept?.data === 'string' ? { ...kept, data: open(flowId, kept.data) } : kept
  const openedFlow = <Flow extends (Graph & { readonly id: string }) | undefined>(flow: Flow): Flow =>
    flow ? opened(flow.id, flow) : flow

  return {
    ...storage,
    flows: {
      ...flows,
      async add(flow) {
        await flows.add(sealed(flow.id, flow))
        return flow
      },
      async addMany(given) {
        await flows.addMany(given.map((flow) => sealed(flow.id, flow)))
        return given
      },
      find: async (userId, idOrName) => openedFlow(await flows.find(userId, idOrName)),
      findAny: async (idOrName) => openedFlow(await flows.findAny(idOrName)),
      list: async (userId, query) => (await flows.list(userId, query)).map(openedFlow),
      update: async (userId, id, changes, how) => openedFlow(await flows.update(userId, id, sealed(id, changes), how)),
    },
    flowVersions: {
      ...flowVersions,
      add: async (given, how) => opened(given.flowId, await flowVersions.add(sealed(given.flowId, given), how)),
      find: async (userId, flowId, id) => opened(flowId, await flowVersions.find(userId, flowId, id)),
    },
    publications: {
      ...publications,
      publish: async (ownerId, given) =>
        opened(given.flowId, await publications.publish(ownerId, sealed(given.flowId, given))),
      version: async (flowId, number) => opened(flowId, await publications.version(flowId, number)),
    },
  }
}
