import type { BreakingChange } from '@runnel/protocol/contract'
import type { FlowDifference } from '@runnel/protocol/publications'
import { useTranslation } from 'react-i18next'
import { listed } from '../i18n/listed.ts'
import type { PublicationProblem } from './refusal.ts'

const PROBLEMS = [
  'no_graph',
  'empty_flow',
  'broken_edge',
  'missing_output',
  'endless_cycle',
  'incomplete_loop',
  'unknown_component',
  'missing_value',
  'invalid_value',
] as const
const LINES: Readonly<Partial<Record<FlowDifference['kind'], string>>> = {
  node_added: 'difference.line.node',
  node_removed: 'difference.line.node',
  node_renamed: 'difference.line.renamed',
  node_replaced: 'difference.line.replaced',
  field_changed: 'difference.line.field',
  input_changed: 'difference.line.input',
  input_added: 'difference.line.typed',
}
const OUTPUT_CHANGES = ['several', 'one', 'any'] as const
const VARIABLE = 'variable '

export interface PublicationWords {
  readonly problem: (problem: PublicationProblem) => string
  readonly difference: (difference: FlowDifference) => string
  readonly breaking: (change: BreakingChange) => string
}

/** Tells what publishing meets in the language of the page; what a newer server says beyond that, in its own words. */
export function usePublicationWords(): PublicationWords {
  const { t } = useTranslation('api')
  /** A value as the server shows it: JSON, or a word for what is no value. */
  const shown = (value = ''): string => {
    if (value === 'nothing') return t('difference.line.nothing')
    return value.startsWith(VARIABLE) ? t('difference.line.variable', { name: value.slice(VARIABLE.length) }) : value
  }
  return {
    problem({ code, message, values }) {
      const known = PROBLEMS.find((one) => one === code)
      return known && values
        ? t(`problem.${known}`, values)
        : known === 'empty_flow'
          ? t('problem.empty_flow')
          : message
    },
    difference({ kind, message, values, before, after }) {
      if (!values) return message
      if (kind.startsWith('edge_')) return values.edge ?? message
      if (kind === 'node_replaced' && values.type === values.before) return t('difference.line.modes', values)
      if (kind === 'field_changed' && before === undefined) return t('difference.line.secret', values)
      const parts = values.parts?.split(' ').map((part) => t(`difference.part.${part}`))
      const line = LINES[kind]
      return line
        ? t(line, {
            ...values,
            before: shown(before ?? values.before),
            after: shown(after),
            parts: parts && listed(parts),
          })
        : (values.name ?? message)
    },
    breaking({ kind, name, message, values = {} }) {
      if (kind === 'input_narrowed' && values.type === undefined) return message
      if (kind !== 'output_changed') return t(`breaking.line.${kind}`, { name, ...values })
      const way = OUTPUT_CHANGES.find((one) => one === values.way)
      return way ? t(`breaking.output.${way}`, { name }) : message
    },
  }
}
