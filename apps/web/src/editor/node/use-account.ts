import { updateNode } from '@runnel/protocol/editing'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { client } from '../../api/client.ts'
import { safeAddress } from '../fields/safe-address.ts'
import type { ComponentNode, FlowNode } from '../model/flow-document.ts'
import { type AccountAnswer, accountAnswer } from './account-answer.ts'

/** While somebody allows it in another tab, the account is asked after this often, and this long. */
const POLL_MS = 3000
const POLL_FOR_MS = 21_000

export interface Account {
  /** Undefined until the server has answered. */
  readonly answer: AccountAnswer | undefined
  /** It is being connected in another tab. */
  readonly isConnecting: boolean
  connect(): Promise<void>
  disconnect(): Promise<void>
}

/** The account elsewhere that a node uses, as the server finds it: nothing of it is kept in the flow. */
export function useAccount({ id, data: { type, node } }: Pick<FlowNode, 'id' | 'data'>, field: string): Account {
  const queryClient = useQueryClient()
  const [until, setUntil] = useState(0)
  const key = ['account', id, ...dependsOn(node, field)]
  async function ask(wish: 'look' | 'connect' | 'disconnect', signal?: AbortSignal): Promise<AccountAnswer> {
    const { code } = node.template
    const answer = await client.call(updateNode, {
      body: {
        code: typeof code?.value === 'string' ? code.value : '',
        field,
        field_value: wish,
        template: node.template,
        frontend_node: { ...node, type },
        tool_mode: node.tool_mode === true,
      },
      ...(signal && { signal }),
    })
    return accountAnswer(answer.template, field)
  }
  const { data: answer } = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => ask('look', signal),
    refetchInterval: until > 0 ? POLL_MS : false,
    staleTime: 60_000,
    retry: false,
  })
  const isConnected = answer?.kind === 'connected'
  useEffect(() => {
    if (until === 0) return
    const end = (): void => {
      setUntil(0)
      if (!isConnected) void queryClient.invalidateQueries({ queryKey: ['account', id] })
    }
    const timer = setTimeout(end, isConnected ? 0 : until - Date.now())
    return () => clearTimeout(timer)
  }, [until, isConnected, queryClient, id])
  return {
    answer,
    isConnecting: until > 0 && !isConnected,
    async connect() {
      // Opened at once: browsers open nothing that was not just asked for.
      const tab = open('', '_blank')
      try {
        const told = await ask('connect')
        queryClient.setQueryData(key, told)
        const address = told.kind === 'disconnected' && told.link ? safeAddress(told.link) : undefined
        if (!address) {
          tab?.close()
          return
        }
        if (tab) {
          tab.opener = null
          tab.location.replace(address)
        } else open(address, '_blank', 'noopener')
        setUntil(Date.now() + POLL_FOR_MS)
      } catch (error) {
        tab?.close()
        throw error
      }
    },
    async disconnect() {
      setUntil(0)
      queryClient.setQueryData(key, await ask('disconnect'))
    },
  }
}

/** What the answer depends on: the values of the fields the account's own field names. */
function dependsOn(node: ComponentNode, field: string): readonly unknown[] {
  const names: unknown = node.template[field]?.depends_on
  return (Array.isArray(names) ? names : []).map((name) => node.template[String(name)]?.value ?? '')
}
