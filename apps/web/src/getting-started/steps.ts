import type { FlowHeaderRead } from '@runnel/protocol/flows'

/** What is known of a user's beginnings. */
export interface Beginnings {
  readonly hasModel: boolean
  readonly hasFlow: boolean
  readonly hasRun: boolean
  readonly hasPublished: boolean
}

export interface Step {
  readonly name: 'model' | 'flow' | 'run' | 'publish'
  /** Where it is done. */
  readonly to: string
  readonly isDone: boolean
}

/** Whether a flow is among them that the user began: not one that another shares, nor a saved component. */
export const hasBegun = (flows: readonly Pick<FlowHeaderRead, 'role' | 'is_component'>[]): boolean =>
  flows.some(({ role, is_component: isComponent }) => role === undefined && !isComponent)

/** The first steps, in the order most people take them. */
export const stepsOf = ({ hasModel, hasFlow, hasRun, hasPublished }: Beginnings): readonly Step[] => [
  { name: 'flow', to: '/templates', isDone: hasFlow },
  { name: 'model', to: '/settings/model-providers', isDone: hasModel },
  { name: 'run', to: '/flows', isDone: hasRun },
  { name: 'publish', to: '/flows', isDone: hasPublished },
]

/** Of a hundred. */
export const progressOf = (steps: readonly Step[]): number =>
  Math.round((100 * steps.filter(({ isDone }) => isDone).length) / steps.length)
