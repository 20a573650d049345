import { ClientError } from '@runnel/client'
import { type LeftOut, planFlow } from '@runnel/protocol/flow-plans'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { client } from '../../../api/client.ts'
import { useActions } from '../../../editor/actions/use-actions.tsx'
import { useWorkspace } from '../../../editor/editor-context.tsx'
import type { FlowDocument } from '../../../editor/model/flow-document.ts'
import { LONGEST_DESCRIPTION, LONGEST_NAME } from '../../../flows/flow-settings.ts'
import { componentText } from '../../../i18n/component-text.ts'
import { notify } from '../../../ui/notifications.tsx'
import { arrangedPlan, buildArranged } from './build-plan.ts'

/** What a flow that has no name of a person's is stored as. */
export interface FlowNaming {
  readonly name: string
  readonly description?: string
}

export type PlanState =
  | { readonly kind: 'idle' }
  | { readonly kind: 'working' }
  /** No model is set up: it is asked for in place. */
  | { readonly kind: 'lacking' }
  | { readonly kind: 'refused'; readonly why: string; readonly advice: 'model' | 'later' | undefined }

export interface FlowPlan {
  readonly state: PlanState
  /** Has a model plan the flow and puts it on the canvas. */
  begin(description: string): Promise<void>
  stop(): void
}

const LATER: ReadonlySet<number> = new Set([429, 503])

/** Has models draw flows on the empty canvas. @param onBuilt told what the flow is to be called, before it is there */
export function useFlowPlan(onBuilt: (naming: FlowNaming | undefined) => void): FlowPlan {
  const { t } = useTranslation('templates')
  const workspace = useWorkspace()
  const { context } = useActions()
  const [state, setState] = useState<PlanState>({ kind: 'idle' })
  const asking = useRef<AbortController>(undefined)
  useEffect(() => () => asking.current?.abort(), [])

  async function begin(description: string): Promise<void> {
    asking.current?.abort()
    const abort = new AbortController()
    asking.current = abort
    setState({ kind: 'working' })
    try {
      const plan = await client.call(planFlow, { body: { description }, signal: abort.signal })
      const flow = await arrangedPlan(plan.data, workspace)
      if (abort.signal.aborted) return
      const name = plan.name.slice(0, LONGEST_NAME).trim()
      onBuilt(name === '' ? undefined : { name, description: plan.description.slice(0, LONGEST_DESCRIPTION) })
      const fit = (): void => context.view.fit()
      // Where its order cannot be worked out anew, the flow is shown as it is.
      void buildArranged(flow, workspace).then(fit, fit)
      const counts = [
        t('newFlow.describe.components', { count: flow.nodes.length }),
        t('newFlow.describe.connections', { count: flow.edges.length }),
      ].join(t('newFlow.describe.and'))
      const details = plan.left_out.map((one) => t(`newFlow.describe.leftOut.${one.kind}`, wordsOf(one, flow)))
      if (details.length === 0) notify('success', t('newFlow.describe.built', { counts }))
      else notify('notice', t('newFlow.describe.builtPartly', { counts }), { details, stays: true })
      context.view.fit()
      document.querySelector<HTMLElement>('.react-flow')?.focus({ preventScroll: true })
    } catch (error) {
      if (!abort.signal.aborted) setState(refusal(error))
    }
  }

  return {
    state,
    begin,
    stop() {
      asking.current?.abort()
      setState({ kind: 'idle' })
    },
  }
}

function refusal(error: unknown): PlanState {
  const why = error instanceof Error ? error.message : String(error)
  if (!(error instanceof ClientError)) return { kind: 'refused', why, advice: 'later' }
  if (error.code === 'no_language_model') return { kind: 'lacking' }
  const advice = error.code === 'flow_plan_unusable' ? undefined : LATER.has(error.status) ? 'later' : 'model'
  return { kind: 'refused', why, advice }
}

/** What was left out, in the words the canvas has for it. */
const wordsOf = ({ component, name, target, input }: LeftOut, flow: FlowDocument) => ({
  component: componentText(component),
  name: labelOf(flow, component, name),
  target: componentText(target ?? ''),
  input: labelOf(flow, target, input),
})

/** What a field or an output of a node is called; its own name where the node has none. */
function labelOf({ nodes }: FlowDocument, title: string | null, name: string | null): string {
  const node = nodes.find(({ data }) => data.node.display_name === title)?.data.node
  if (name === null || !node) return name ?? ''
  const known = Object.hasOwn(node.template, name)
    ? node.template[name]
    : node.outputs?.find((one) => one.name === name)
  return componentText(known?.display_name ?? name)
}
