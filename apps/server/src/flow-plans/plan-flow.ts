import type { Registry } from '@runnel/engine/registry'
import { AppError } from '@runnel/protocol/errors'
import type { LeftOut } from '@runnel/protocol/flow-plans'
import type { ModelMessage } from '@runnel/sdk'
import { componentIndex } from './component-index.ts'
import { type DrawnPlan, type DrawOptions, drawPlan } from './draw-plan.ts'
import { NO_PLAN, planPrompt, planRefusal } from './plan-prompt.ts'
import { type Plan, readPlan } from './read-plan.ts'

export interface PlanFlowOptions extends DrawOptions {
  readonly registry: Registry
  /** Asks the model that plans. */
  readonly ask: (messages: readonly ModelMessage[]) => Promise<string>
  /** What the model is called, for the one who has to choose another. */
  readonly model: string
}

export type PlannedFlow = DrawnPlan & Pick<Plan, 'name' | 'description'>

/**
 * Has a model plan the flow that is described, and draws it. A plan that does not fit is told to the model once, and the
 * better of both is taken.
 * @throws AppError `flow_plan_unusable` when neither answer has a component there is
 */
export async function planFlow(
  description: string,
  { registry, models, choices, ask, model }: PlanFlowOptions,
): Promise<PlannedFlow> {
  const asked = [say(planPrompt(componentIndex(registry.components, description, choices), description))]
  const read = (said: string): PlannedFlow | undefined => {
    const plan = readPlan(said)
    const drawn = plan && drawPlan(plan, { registry, models, choices })
    return plan && drawn && drawn.data.nodes.length > 0
      ? { name: plan.name, description: plan.description, ...drawn }
      : undefined
  }
  const said = await ask(asked)
  const first = read(said)
  const faults = first?.leftOut.filter(isMendable) ?? []
  if (first && faults.length === 0) return first
  const answer: ModelMessage = { role: 'assistant', content: said }
  const second = read(await ask([...asked, answer, say(first ? planRefusal(faults) : NO_PLAN)]))
  const better = [first, second].filter((one) => one !== undefined).toSorted((a, b) => lost(a) - lost(b))[0]
  if (!better) throw new AppError('flow_plan_unusable', [model])
  return better
}

const say = (text: string): ModelMessage => ({ role: 'user', content: [{ type: 'text', text }] })

/** What the model can put right: a secret it may never fill. */
const isMendable = ({ why }: LeftOut): boolean => why !== 'secret'

const lost = ({ leftOut }: PlannedFlow): number => leftOut.filter(isMendable).length
