import type { BreakingChange, Contract, ContractInput, ContractOutput } from '@runnel/protocol/contract'

/** In which ways calls made for one contract would not be understood by another. */
export function breakingChanges(before: Contract, after: Contract): readonly BreakingChange[] {
  return [...inputChanges(before.inputs, after.inputs), ...outputChanges(before.outputs, after.outputs)]
}

function inputChanges(before: readonly ContractInput[], after: readonly ContractInput[]): readonly BreakingChange[] {
  const old = new Map(before.map((input) => [input.name, input]))
  const now = new Map(after.map((input) => [input.name, input]))
  const removed = before.filter(({ name }) => !now.has(name))
  const isRenamed = before.length === 1 && after.length === 1
  return [
    // The only input of a flow takes the only key of a call, whatever either is called.
    ...(isRenamed ? [] : removed).map(({ name }) => ({
      kind: 'input_removed' as const,
      name,
      message: `The input ${name} is gone; what callers send for it would be ignored.`,
    })),
    ...after.flatMap((input): readonly BreakingChange[] => {
      const earlier = old.get(input.name) ?? (isRenamed ? before[0] : undefined)
      const { name } = input
      if (!earlier) {
        if (!input.required) return []
        const message = `The input ${name} is new and required; callers do not send it.`
        return [{ kind: 'input_added_required', name, message }]
      }
      const changes: BreakingChange[] = []
      if (input.required && !earlier.required) {
        changes.push({ kind: 'input_required', name, message: `The input ${name} is required now.` })
      }
      if (!takes(input.type, earlier.type)) {
        const message = `The input ${name} takes ${input.type} now, not ${earlier.type}.`
        changes.push({ kind: 'input_narrowed', name, message, values: { type: input.type, before: earlier.type } })
      }
      return changes
    }),
  ]
}

/** Whether whatever fits `before` fits `after` too. */
function takes(after: ContractInput['type'], before: ContractInput['type']): boolean {
  if (after === before || after === 'json' || after === 'text') return true
  return after === 'number' && before === 'integer'
}

function outputChanges(before: readonly ContractOutput[], after: readonly ContractOutput[]): readonly BreakingChange[] {
  const [only] = before
  if (before.length === 1 && only) {
    const [now] = after
    const name = only.name
    if (!now) return [{ kind: 'output_removed', name, message: `The output ${name} is gone.` }]
    if (after.length > 1) {
      const message = 'There are several outputs now: `output` would be an object by their names, not one value.'
      return [{ kind: 'output_changed', name, message, values: { way: 'several' } }]
    }
    return typeChange(only, now)
  }
  const now = new Map(after.map((output) => [output.name, output]))
  if (before.length > 1 && after.length === 1) {
    const message = 'There is one output now: `output` would be its value, not an object.'
    return [{ kind: 'output_changed', name: after[0]?.name ?? '', message, values: { way: 'one' } }]
  }
  return before.flatMap((output) => {
    const same = now.get(output.name)
    if (same) return typeChange(output, same)
    return [{ kind: 'output_removed', name: output.name, message: `The output ${output.name} is gone.` }]
  })
}

function typeChange(before: ContractOutput, after: ContractOutput): readonly BreakingChange[] {
  if (before.type === after.type || before.type === 'json') return []
  const message = `The output ${before.name} may be any JSON now, not only a text.`
  return [{ kind: 'output_changed', name: before.name, message, values: { way: 'any' } }]
}
